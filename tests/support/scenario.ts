import type { AnyStateMachine, EventFrom, InputFrom, SnapshotFrom } from 'xstate'
import { type Harness, harness } from './harness.ts'
import { SimulatedTime } from './simulated-time.ts'

/** One machine on a simulated clock with its true durations. */
export interface Scenario<M extends AnyStateMachine> extends Omit<Harness, 'snapshot'> {
  readonly clock: SimulatedTime
  readonly send: (event: EventFrom<M>) => void
  readonly snapshot: () => SnapshotFrom<M>
}

/**
 * Boots a machine for a hand-written scenario: a fake in every seat, `mesh` as its parent, time by hand.
 *
 * @example
 * const { send, clock, snapshot } = scenario(signalingMachine, { url, room, peerId, seed: 1 })
 * send({ type: 'socket.opened' })
 * clock.increment(TIMINGS.socketJoin)
 */
export const scenario = <M extends AnyStateMachine>(
  machine: M,
  input: InputFrom<M>,
  options: { readonly systemId?: string } = {},
): Scenario<M> => {
  const clock = new SimulatedTime()
  const run = harness({ machine, input, clock, ...options })
  return { ...run, clock, send: (event) => run.actor.send(event), snapshot: () => run.actor.getSnapshot() }
}
