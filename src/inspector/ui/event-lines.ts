import type { ChartModel, ChartTransition } from '#chart/chart.types'
import type { StepRecord } from '../records.types.ts'
import type { DeviceLog } from './device-log.ts'
import type { TimelineView } from './timeline.ts'

/** One line of the list: all are of one height. */
export type EventLine =
  | { readonly kind: 'event'; readonly at: number }
  /** A transition that the event led to. */
  | { readonly kind: 'step'; readonly at: number; readonly step: StepRecord; readonly transition: string }

const byId = new WeakMap<ChartModel, ReadonlyMap<string, ChartTransition>>()

/** A transition of a chart by its id. */
export const transitionOf = (chart: ChartModel | undefined, id: string): ChartTransition | undefined => {
  if (!chart) return undefined
  const known = byId.get(chart) ?? new Map(chart.transitions.map((transition) => [transition.id, transition] as const))
  byId.set(chart, known)
  return known.get(id)
}

/** The chart that an actor runs. */
export const chartOf = (log: DeviceLog | undefined, actor: string): ChartModel | undefined => {
  const machine = log?.identity(actor)?.machine
  return machine === undefined ? undefined : log?.chart(machine)
}

/** The transitions that an event led to, one by one. */
export const stepsOf = (
  log: DeviceLog | undefined,
  event: number,
): readonly { step: StepRecord; transition: string }[] =>
  (log?.consequence(event).steps ?? []).flatMap((step) => step.transitions.map((transition) => ({ step, transition })))

/**
 * The lines of the list.
 *
 * @param open tells of an event whether the transitions it led to are listed under it
 */
export const eventLines = (
  view: TimelineView,
  listed: readonly number[],
  open: (at: number) => boolean,
): EventLine[] => {
  const logs = new Map(view.devices.map(({ key, log }) => [key, log] as const))
  return listed.flatMap((at): EventLine[] => {
    const entry = view.entries[at]
    if (entry?.record.kind !== 'event' || !open(at)) return [{ kind: 'event', at }]
    const steps = stepsOf(logs.get(entry.device), entry.record.n)
    return [{ kind: 'event', at }, ...steps.map((each) => ({ kind: 'step' as const, at, ...each }))]
  })
}
