import type { SnapshotFrom } from 'xstate'
import type { FaultCode } from '#model/fault'
import type { signalingMachine } from './signaling.machine.ts'
import { waitOf } from './signaling.setup.ts'

/** The road to the server, for people and inspectors. */
export interface SignalingView {
  readonly state: 'offline' | 'dialing' | 'joining' | 'online' | 'waiting' | 'gaveUp' | 'refused'
  /** In the room. */
  readonly connected: boolean
  /** Why not, or why the last attempt failed. */
  readonly fault?: FaultCode
  /** Failed attempts since the last connection that proved itself. */
  readonly attempt: number
  /** Only while waiting: length of the whole wait, ms. */
  readonly retryInMs?: number
}

export const signalingView = (snapshot: SnapshotFrom<typeof signalingMachine>): SignalingView => {
  const { value, context } = snapshot
  return {
    state: typeof value === 'string' ? value : value.up,
    connected: snapshot.hasTag('connected'),
    ...(context.fault !== null && { fault: context.fault }),
    attempt: context.attempt,
    ...(snapshot.matches('waiting') && { retryInMs: waitOf(context) }),
  }
}
