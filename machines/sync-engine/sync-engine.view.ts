import type { SnapshotFrom } from 'xstate'
import type { FaultCode } from '#model/fault'
import { type SyncMeshView, syncMeshView } from '../sync-mesh/sync-mesh.view.ts'
import type { syncMeshMachine } from '../sync-mesh/sync-mesh.machine.ts'
import type { syncEngineMachine } from './sync-engine.machine.ts'
import type { PhaseTag } from './sync-engine.types.ts'

/** The phases of the engine as people know them; `standby`: another tab of this app holds the log. */
export const PHASES = [
  'idle',
  'opening',
  'standby',
  'running',
  'closing',
  'failed',
] as const satisfies readonly PhaseTag[]

/** The whole, for people and inspectors. */
export interface SyncEngineView {
  readonly phase: PhaseTag
  /** What needs the user now, if anything. */
  readonly fault?: FaultCode
  /** While running. */
  readonly mesh?: SyncMeshView
}

type MeshSnapshot = SnapshotFrom<typeof syncMeshMachine>

export const syncEngineView = (snapshot: SnapshotFrom<typeof syncEngineMachine>): SyncEngineView => {
  const { fault } = snapshot.context
  const mesh: unknown = snapshot.children['mesh']?.getSnapshot()
  const isMachine = typeof mesh === 'object' && mesh !== null && 'value' in mesh
  return {
    phase: PHASES.find((phase) => snapshot.hasTag(phase)) ?? 'idle',
    ...(fault !== null && { fault }),
    ...(isMachine && { mesh: syncMeshView(mesh as MeshSnapshot) }),
  }
}
