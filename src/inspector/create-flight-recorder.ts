import type { SyncEngine } from '#engine/types'
import { createRecorder } from './create-recorder.ts'
import type { Recorder, RecorderOptions } from './recorder.types.ts'

/** A recorder that is always on and whose recording can be taken away as a file. */
export interface FlightRecorder extends Recorder {
  /**
   * The recording as a file of plain JSON, never larger than `maxBytes`. It is not deflated: it is small anyway, and
   * whoever hands it on can read in any editor what is in it.
   */
  readonly toFile: () => Blob
  /** A name for that file: device and time, such as `tablet-3.2026-11-22T10-04-09.fieldmesh-recording.json`. */
  readonly fileName: () => string
}

const FILE_TYPE = 'application/json'

const partOf = (text: string): string => text.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-').replaceAll(/^-+|-+$/g, '')

/**
 * Records everything that an engine does, figures of its links included, as long as it is attached; to be left on in
 * the field. Nothing leaves the device unless somebody takes the file. Content is in it as sizes only.
 *
 * @throws FieldmeshError `options-invalid`
 * @example
 * const flight = createFlightRecorder(engine, { name: 'tablet 3' })
 * // after something went wrong:
 * link.href = URL.createObjectURL(flight.toFile())
 * link.download = flight.fileName()
 */
export const createFlightRecorder = (engine: SyncEngine, options: RecorderOptions = {}): FlightRecorder => {
  const recorder = createRecorder(engine, { figures: true, ...options })
  return {
    ...recorder,
    get attached() {
      return recorder.attached
    },
    get peerId() {
      return recorder.peerId
    },
    toFile: () => new Blob([JSON.stringify(recorder.recording())], { type: FILE_TYPE }),
    fileName: () => {
      const { name = '', peerId, records } = recorder.recording()
      const at = new Date(records.at(-1)?.at ?? Date.now()).toISOString().slice(0, 19).replaceAll(':', '-')
      return `${partOf(name) || peerId || 'device'}.${at}.fieldmesh-recording.json`
    },
  }
}
