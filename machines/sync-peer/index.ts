export { syncPeerLaws } from './sync-peer.laws.ts'
export { syncPeerMachine } from './sync-peer.machine.ts'
export type {
  PeerTag,
  SyncPeerCommand,
  SyncPeerContext,
  SyncPeerEvent,
  SyncPeerInput,
  SyncPeerReport,
} from './sync-peer.types.ts'
export { type SyncPeerView, syncPeerView } from './sync-peer.view.ts'
