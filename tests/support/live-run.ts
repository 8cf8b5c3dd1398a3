import type { EventObject, InspectionEvent } from 'xstate'
import { endedChild } from './explore-history.ts'
import { type Harness, harness } from './harness.ts'
import type { AnyMachineSpec } from './machine-spec.ts'
import { SteppedClock } from './stepped-clock.ts'

/** A harness that can be made to go through any edge of the graph. */
export interface LiveRun extends Harness {
  readonly clock: SteppedClock
  readonly perform: (event: EventObject) => void
}

const endChild = (run: Harness, id: string, event: EventObject & { output?: unknown; error?: unknown }): void => {
  const child = run.child(id)
  if (child.status !== 'running')
    throw new Error(`"${id}" cannot end, it has ${child.status}: when a child ends, leave its state or stopChild it`)
  child.end(event.type.startsWith('xstate.done') ? { output: event.output } : { error: event.error })
}

/** Boots the machine of a spec; `inspect` sees every inspection event of its system. */
export const liveRun = (spec: AnyMachineSpec, input: unknown, inspect: (event: InspectionEvent) => void): LiveRun => {
  const clock = new SteppedClock()
  const run = harness({ machine: spec.machine, input, clock, systemId: spec.systemId, inspect })
  const perform = (event: EventObject): void => {
    const child = endedChild(event.type)
    if (event.type === 'xstate.init') return
    if (child !== undefined) endChild(run, child, event)
    else if (event.type.startsWith('xstate.after.')) clock.fire(run.actor, event.type)
    else run.actor.send(event)
  }
  return { ...run, clock, perform }
}
