/** fieldmesh: offline-first peer-to-peer sync of field records. See the README for a start. */
export { createDeviceKeys, type DeviceKeysOptions } from './adapters/crypto/device-keys.ts'
export { createSyncEngine } from './engine/create-sync-engine.ts'
export type { SyncEngineOptions } from './engine/options.ts'
export type { EngineClock, EnginePorts } from './engine/ports.ts'
export { createRoom, openRoom } from './engine/room.ts'
export type {
  EngineEvents,
  DeviceKeyView,
  Explanation,
  InspectOption,
  Logger,
  PeerStatus,
  Receipt,
  Room,
  SyncEngine,
  SyncStatus,
  SyncStore,
} from './engine/types.ts'
export type { Dot, Entry, EntryAction, EntryInput, Json } from './model/entry.ts'
export { FAULT_CODES, type FaultCode, faultWords, FieldmeshError, isFaultCode } from './model/fault.ts'
export { LIMITS } from './model/limits.ts'
export { createReplica, type Replica } from './model/replica.ts'
export { type ClockOrder, VectorClock } from './model/vector-clock.ts'
export type { ConflictingValue, ConflictView, FieldView, RecordView } from './model/view.ts'
export type { Journal, OpenJournal } from './store/journal.ts'
export type { CryptoSuite, DeviceKey, DeviceKeys, KeyKeeping } from './trust/crypto.types.ts'
export { fingerprintOf, isFingerprint } from './trust/fingerprint.ts'
