import type { SyncEngineView } from '#machines/sync-engine/sync-engine.view'
import { LIMITS } from '#model/limits'
import type { PeerStatus, SyncStatus } from '#store/sync-store.types'
import { outboxCount } from './receipts.ts'
import type { Session } from './session.ts'
import { missingFrom } from './vectors.ts'

type PeerView = NonNullable<SyncEngineView['mesh']>['peers'][number]

/** The status of everything, for people, from the charts (what happens) and the ledger (who has what). */
export const projectStatus = (view: SyncEngineView, session: Session | undefined, lastSync: number): SyncStatus => {
  const peers = session ? projectPeers(view.mesh?.peers ?? [], session) : []
  const signalingConnected = view.mesh?.signaling.connected ?? false
  const linked = peers.some((peer) => peer.state === 'connected')
  const fault = view.fault ?? session?.store.fault
  const suspects = session ? projectSuspects(session) : []
  return {
    mode: signalingConnected ? 'online' : linked ? 'offline-p2p' : 'idle',
    peers,
    outboxCount: session ? outboxCount(session) : 0,
    lastSync,
    signalingConnected,
    ...(view.mesh && { signaling: projectSignaling(view.mesh.signaling) }),
    phase: view.phase,
    ...(suspects.length > 0 && { suspects }),
    ...(fault && { fault }),
  }
}

const projectSuspects = ({ store }: Session) => [
  ...store.forked.map((peerId) => ({ peerId, fault: 'author-forked' as const })),
  ...store.clockSuspects.map((peerId) => ({ peerId, fault: 'clock-suspect' as const })),
]

const projectSignaling = ({ state, fault }: NonNullable<SyncEngineView['mesh']>['signaling']) => ({
  state,
  ...(fault && { fault }),
})

const projectPeers = (views: readonly PeerView[], { store, ledger }: Session): PeerStatus[] => {
  const mine = store.vector()
  const lastSeen = new Map(ledger.peers().map((peer) => [peer.peerId, peer.lastSeen]))
  return views.map(({ peerId, state, fault, rttMs }) => {
    const theirs = ledger.acked(peerId)
    return {
      peerId,
      state,
      lacks: missingFrom(mine, theirs),
      ahead: Math.min(LIMITS.aheadShown, missingFrom(theirs, mine)),
      lastSeen: lastSeen.get(peerId) ?? 0,
      ...(fault && { fault }),
      ...(rttMs !== undefined && { rttMs }),
    }
  })
}
