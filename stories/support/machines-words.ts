import { explainAll } from '../../src/engine/explain.ts'
import { type FaultCode, faultWords } from '../../src/model/fault.ts'
import type { PeerStatus, SyncStatus } from '../../src/store/sync-store.types.ts'
import type { ReassemblyView } from '../../machines/reassembly/index.ts'
import type { SignalingView } from '../../machines/signaling/index.ts'
import type { SyncEngineView } from '../../machines/sync-engine/index.ts'
import type { SyncMeshView } from '../../machines/sync-mesh/index.ts'
import type { SyncPeerView } from '../../machines/sync-peer/index.ts'
import type { MachineId } from './machines.ts'

/** What a person is told in a state: what is the matter, and what to do now. */
export interface Told {
  readonly about: string
  readonly cause: string
  readonly nextStep: string
}

const CALM: SyncStatus = {
  mode: 'idle',
  peers: [],
  outboxCount: 0,
  lastSync: 0,
  signalingConnected: true,
  phase: 'running',
}

const peerStatus = ({ peerId, state, fault, rttMs }: SyncPeerView): PeerStatus => ({
  peerId,
  state,
  lacks: 0,
  ahead: 0,
  lastSeen: 0,
  ...(fault && { fault }),
  ...(rttMs !== undefined && { rttMs }),
})

const roadStatus = ({ state, connected, fault }: SignalingView): Partial<SyncStatus> => ({
  signalingConnected: connected,
  signaling: { state, ...(fault && { fault }) },
})

const toldOf = (status: Partial<SyncStatus>, subjects: readonly string[]): Told[] =>
  explainAll({ ...CALM, ...status })
    .filter(({ subject }) => subjects.includes(subject))
    .map(({ subject, peerId, cause, nextStep }) => ({ about: peerId ? `device ${peerId}` : subject, cause, nextStep }))

const ofReassembly = ({ state, received, total, fault }: ReassemblyView): Told[] => {
  const { what, next } = fault ? faultWords(fault) : { what: `${received} of ${total} chunks are here.`, next: '' }
  return [{ about: `message, ${state}`, cause: what, nextStep: next || 'Nothing to do.' }]
}

const ofEngine = ({ phase, fault }: { phase: SyncEngineView['phase']; fault?: FaultCode }): Told[] =>
  toldOf({ phase, ...(fault && { fault }) }, ['engine', 'storage'])

/** The words of the app for what a machine’s view shows. */
export const toldBy = (id: MachineId, view: unknown): Told[] => {
  if (id === 'sync-peer') return toldOf({ peers: [peerStatus(view as SyncPeerView)] }, ['peer'])
  if (id === 'signaling') return toldOf(roadStatus(view as SignalingView), ['signaling'])
  if (id === 'sync-engine') return ofEngine(view as SyncEngineView)
  if (id === 'reassembly') return ofReassembly(view as ReassemblyView)
  const { signaling, peers } = view as SyncMeshView
  return toldOf({ ...roadStatus(signaling), peers: peers.map(peerStatus) }, ['signaling', 'peer'])
}

/** The state as people know it: what a card of the gallery is filed under. */
export const knownAs = (id: MachineId, view: unknown): string => {
  if (id === 'sync-engine') return (view as SyncEngineView).phase
  if (id === 'sync-mesh') return (view as SyncMeshView).rendezvous
  return (view as { readonly state: string }).state
}
