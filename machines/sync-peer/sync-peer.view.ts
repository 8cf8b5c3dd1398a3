import type { SnapshotFrom } from 'xstate'
import type { FaultCode } from '#model/fault'
import { perSnapshot } from '../kit/per-snapshot.ts'
import { statePath } from '../kit/state-path.ts'
import type { syncPeerMachine } from './sync-peer.machine.ts'
import type { PeerTag } from './sync-peer.types.ts'

/** The states of a peer as people know them. */
export const PEER_STATES = [
  'absent',
  'connecting',
  'connected',
  'recovering',
  'waiting',
  'gaveUp',
  'refused',
] as const satisfies readonly PeerTag[]

/** One other device, for people and inspectors. */
export interface SyncPeerView {
  readonly peerId: string
  readonly state: PeerTag
  /** Where the chart's regions are, such as `engaged.open.connected.alive.healthy`. */
  readonly link: string
  readonly outbound: string
  readonly inbound: string
  /** Why there is no link, where there is none. */
  readonly fault?: FaultCode
  /** Attempts that failed since the last link that proved itself. */
  readonly attempt: number
  /** Round trip of the link, ms. */
  readonly rttMs?: number
  /** Only while it is banned: when that ends, ms since 1970. */
  readonly until?: number
}

export const syncPeerView = perSnapshot((snapshot: SnapshotFrom<typeof syncPeerMachine>): SyncPeerView => {
  const { value, context } = snapshot
  const { peerId, attempt, rttMs, bannedUntil } = context
  const state = PEER_STATES.find((tag) => snapshot.hasTag(tag)) ?? 'absent'
  const isBanned = snapshot.matches({ link: 'banned' })
  const fault = isBanned ? 'peer-banned' : (context.fault ?? (state === 'absent' ? 'peer-absent' : null))
  return {
    peerId,
    state,
    link: statePath(value.link),
    outbound: statePath(value.outbound),
    inbound: statePath(value.inbound),
    attempt,
    ...(fault !== null && { fault }),
    ...(isBanned && bannedUntil !== null && { until: bannedUntil }),
    ...(rttMs !== null && snapshot.matches({ link: { engaged: 'open' } }) && { rttMs }),
  }
})
