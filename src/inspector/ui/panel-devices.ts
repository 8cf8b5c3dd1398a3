import type { InspectedDevice } from '../connect-inspector.ts'
import type { InspectorSource } from '../inspector-source.types.ts'
import type { Recording } from '../records.types.ts'
import { recordedSource } from './recorded-source.ts'

/** Devices that come and go: what `connectInspector` gives is one. */
export interface PanelDevices {
  /** The same list until one comes, goes, or starts anew. */
  devices(): readonly InspectedDevice[]
  /** Tells when `devices()` changed. */
  subscribe(listener: () => void): () => void
  /** Nothing new happens in any of them. */
  readonly recorded?: true
}

/** A live recorder, a recording, several of them, or devices that come and go. */
export type PanelSource = InspectorSource | Recording | PanelDevices | readonly (InspectorSource | Recording)[]

const isRecording = (source: InspectorSource | Recording): source is Recording => 'format' in source

const fixed = (sources: readonly (InspectorSource | Recording)[]): PanelDevices => {
  const devices = sources.map((source, at) => ({
    device: `device-${at + 1}`,
    source: isRecording(source) ? recordedSource(source) : source,
  }))
  const isRecorded = sources.every(isRecording)
  return { devices: () => devices, subscribe: () => () => {}, ...(isRecorded && { recorded: true }) }
}

const isList = (source: PanelSource): source is readonly (InspectorSource | Recording)[] => Array.isArray(source)

/** What an inspector shows, in one shape whatever it is. */
export const panelDevices = (source: PanelSource): PanelDevices => {
  if (isList(source)) return fixed(source)
  return 'devices' in source ? source : fixed([source])
}
