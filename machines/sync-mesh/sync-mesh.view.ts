import type { SnapshotFrom } from 'xstate'
import { type SignalingView, signalingView } from '../signaling/index.ts'
import type { signalingMachine } from '../signaling/signaling.machine.ts'
import type { syncPeerMachine } from '../sync-peer/sync-peer.machine.ts'
import { type SyncPeerView, syncPeerView } from '../sync-peer/index.ts'
import type { syncMeshMachine } from './sync-mesh.machine.ts'
import { childOf } from './sync-mesh.setup.ts'

/** All other devices, and the roads to them, for people and inspectors. */
export interface SyncMeshView {
  readonly rendezvous: 'searching' | 'viaServer' | 'alone' | 'stranded' | 'linked' | 'mending' | 'closed'
  readonly signaling: SignalingView
  /** By peerId: those with an actor, those whose actor is being mended, and those beyond the limit. */
  readonly peers: readonly SyncPeerView[]
  /** Devices in the roster that we do not link to by ourselves: there are enough links. */
  readonly beyondLimit: readonly string[]
}

type MeshSnapshot = SnapshotFrom<typeof syncMeshMachine>

const RENDEZVOUS = ['searching', 'viaServer', 'alone', 'stranded', 'linked'] as const

const rendezvousOf = (snapshot: MeshSnapshot): SyncMeshView['rendezvous'] => {
  if (snapshot.matches('closed')) return 'closed'
  return RENDEZVOUS.find((served) => snapshot.matches({ running: { rendezvous: { served } } })) ?? 'mending'
}

/** A device without an actor. */
const bare = (peerId: string, rest: Pick<SyncPeerView, 'state' | 'link' | 'fault'>): SyncPeerView => ({
  peerId,
  outbound: 'closed',
  inbound: 'closed',
  attempt: 0,
  ...rest,
})

const machineSnapshot = <T>(snapshot: MeshSnapshot, id: string): T | undefined => {
  const child: unknown = snapshot.children[id]?.getSnapshot()
  return typeof child === 'object' && child !== null && 'value' in child ? (child as T) : undefined
}

const peerView = (snapshot: MeshSnapshot, peerId: string): SyncPeerView => {
  const peer = machineSnapshot<SnapshotFrom<typeof syncPeerMachine>>(snapshot, childOf(peerId))
  return peer ? syncPeerView(peer) : bare(peerId, { state: 'waiting', link: 'crashed', fault: 'internal' })
}

export const syncMeshView = (snapshot: MeshSnapshot): SyncMeshView => {
  const { peers, crashed, listed, admitted } = snapshot.context
  const signaling = machineSnapshot<SnapshotFrom<typeof signalingMachine>>(snapshot, 'signaling')
  const beyondLimit = listed.filter((id) => !admitted.includes(id) && !peers.includes(id))
  const views = [
    ...[...peers, ...crashed].map((id) => peerView(snapshot, id)),
    ...beyondLimit.map((id) => bare(id, { state: 'absent', link: 'beyondLimit' })),
  ]
  return {
    rendezvous: rendezvousOf(snapshot),
    signaling: signaling
      ? signalingView(signaling)
      : { state: 'waiting', connected: false, fault: 'internal', attempt: 0 },
    peers: views.sort((a, b) => (a.peerId < b.peerId ? -1 : 1)),
    beyondLimit,
  }
}
