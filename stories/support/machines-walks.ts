import type { AnyMachineSnapshot, AnyStateNode, AnyTransitionDefinition, EventObject, InspectionEvent } from 'xstate'
import { activeStates } from '../../src/chart/active-states.ts'
import { transitionId } from '../../src/chart/transition-id.ts'
import type { Exploration, Step } from '../../tests/support/explore.ts'
import { liveRun } from '../../tests/support/live-run.ts'
import { chartOf, type MachineId, SPECS } from './machines.ts'
import { explorationsOf } from './machines-survey.ts'
import { type Told, toldBy } from './machines-words.ts'

/** Where a walk is after one of its events. */
export interface Frame {
  /** The event for people. */
  readonly event: string
  /** What it carried, as JSON; '' for nothing. */
  readonly payload: string
  readonly active: readonly string[]
  /** Ids of the transitions that it took. */
  readonly last: readonly string[]
  readonly view: unknown
  readonly told: readonly Told[]
}

/** The shortest way from the start of a machine to one of its states. */
export interface Walk {
  readonly to: string
  readonly frames: readonly Frame[]
}

interface Way {
  readonly input: unknown
  readonly steps: readonly Step[]
}

const isLeaf = ({ type }: AnyStateNode): boolean => type === 'atomic' || type === 'final'
const leavesOf = ({ _nodes }: AnyMachineSnapshot): string[] => _nodes.filter(isLeaf).map(({ id }) => id)

const waysOf = (id: MachineId): ReadonlyMap<string, Way> => {
  const ways = new Map<string, Way>()
  const look = ({ input, paths }: Exploration): void => {
    for (const { steps } of paths)
      for (const [at, { predicted }] of steps.entries())
        for (const leaf of at === 0 ? [] : leavesOf(predicted)) {
          const known = ways.get(leaf)
          if (!known || known.steps.length > at + 1) ways.set(leaf, { input, steps: steps.slice(0, at + 1) })
        }
  }
  for (const exploration of explorationsOf(id)) look(exploration)
  return ways
}

/** Every state that a machine can rest in and does not begin in: ends, troubles, and what people know. */
export const destinationsOf = (id: MachineId): string[] => {
  const start = explorationsOf(id)[0]?.paths[0]?.steps[0]?.predicted
  const begun = new Set(start && leavesOf(start))
  return [...waysOf(id).keys()].filter((leaf) => !begun.has(leaf))
}

const payloadOf = ({ type, ...payload }: EventObject): string =>
  type.startsWith('xstate.') || Object.keys(payload).length === 0 ? '' : JSON.stringify(payload)

const labelOf = (id: MachineId, { type }: EventObject): string => {
  if (type === 'xstate.init') return 'start'
  return chartOf(id).transitions.find(({ event }) => event === type)?.label ?? type
}

/** Follows a way on a live actor, with a fake in every seat and time passed by hand. */
const framesOf = (id: MachineId, { input, steps }: Way): Frame[] => {
  const spec = SPECS[id]
  let taken: AnyTransitionDefinition[] = []
  const run = liveRun(spec, input, (event: InspectionEvent) => {
    if (event.type !== '@xstate.microstep') return
    // the harness has a machine of its own around ours
    if ((event.snapshot as AnyMachineSnapshot).machine.id === id) taken.push(...event._transitions)
  })
  try {
    return steps.map(({ event, predicted }) => {
      run.perform(event)
      const last = taken.map(transitionId)
      taken = []
      const view = spec.view?.(predicted as never)
      const active = activeStates(run.snapshot())
      return { event: labelOf(id, event), payload: payloadOf(event), active, last, view, told: toldBy(id, view) }
    })
  } finally {
    run.stop()
  }
}

/** @throws Error where no way leads to the state any more: then the stories are to be written anew */
export const walkTo = (id: MachineId, to: string): Walk => {
  const way = waysOf(id).get(to)
  if (way === undefined) throw new Error(`nothing leads to ${to}: write the walks anew (see machines-write.ts)`)
  return { to, frames: framesOf(id, way) }
}
