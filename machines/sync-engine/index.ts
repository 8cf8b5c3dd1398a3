export { syncEngineLaws } from './sync-engine.laws.ts'
export { syncEngineMachine } from './sync-engine.machine.ts'
export type {
  PhaseTag,
  SyncEngineCommand,
  SyncEngineContext,
  SyncEngineEvent,
  SyncEngineInput,
} from './sync-engine.types.ts'
export { type SyncEngineView, syncEngineView } from './sync-engine.view.ts'
