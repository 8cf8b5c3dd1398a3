export { syncMeshLaws } from './sync-mesh.laws.ts'
export { syncMeshMachine } from './sync-mesh.machine.ts'
export type { Membership, SyncMeshCommand, SyncMeshContext, SyncMeshEvent, SyncMeshInput } from './sync-mesh.types.ts'
export { type SyncMeshView, syncMeshView } from './sync-mesh.view.ts'
