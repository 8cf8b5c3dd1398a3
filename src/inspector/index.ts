/**
 * The inspector: what actors do is recorded, redacted and bounded, read at any moment, shown to other windows, and taken
 * away as a file. For fieldmesh's engines and for any XState 5 system. Nothing here needs React but `mountInspector`,
 * which loads it; apps that have React take the panel from `fieldmesh/inspector/panel`.
 */
export { activeStates } from '#chart/active-states'
export type * from '#chart/chart.types'
export { describeMachine } from '#chart/describe-machine'
export { toMermaid } from '#chart/mermaid'
export { transitionId } from '#chart/transition-id'
export {
  type ConnectedInspector,
  connectInspector,
  type ConnectOptions,
  type InspectedDevice,
} from './connect-inspector.ts'
export { createFlightRecorder, type FlightRecorder } from './create-flight-recorder.ts'
export { createRecorder } from './create-recorder.ts'
export { foldRecords } from './fold-records.ts'
export type { InspectorSource, RecordListener } from './inspector-source.types.ts'
export { parseRecording } from './parse-recording.ts'
export type { Recorder, RecorderOptions } from './recorder.types.ts'
export { createRecordingReader, type RecordingReader } from './recording-reader.ts'
export type * from './records.types.ts'
export { createRedactor, redact, type Redaction, type Redactor } from './redact.ts'
export { redactedInspect } from './redacted-inspect.ts'
export { type InspectorChannelOptions, type ServedInspector, serveInspector } from './serve-inspector.ts'
export type { AnyLaw } from './watch-laws.ts'
export { mountInspector, type MountOptions } from './ui/mount-inspector.ts'
export type { PanelDevices, PanelSource } from './ui/panel-devices.ts'
