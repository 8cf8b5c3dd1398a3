import type { ChartModel } from '#chart/chart.types'
import { createBatches } from './batches.ts'
import type { InspectorSource } from './inspector-source.types.ts'
import { createRecordBuffer } from './record-buffer.ts'
import type { InspectRecord, Recording } from './records.types.ts'

/** A device of another window, as far as it was told of. */
export interface Mirror extends InspectorSource {
  /** Number of the record that must come next. */
  readonly next: number
  take(records: readonly InspectRecord[], peerId: string): void
  /** Charts of machines that appear from now on. */
  draw(charts: readonly ChartModel[]): void
}

/** Keeps what one device recorded, and goes on with what it tells. */
export const createMirror = (recording: Recording, maxBytes: number): Mirror => {
  const { before, dropped: first, name } = recording
  const buffer = createRecordBuffer({ maxBytes, before, first })
  const batches = createBatches()
  let { peerId } = recording
  for (const chart of recording.charts) buffer.addChart(chart)
  for (const record of recording.records) buffer.push(record)
  const named = name !== undefined && { name }
  return {
    ...named,
    get peerId() {
      return peerId
    },
    get next() {
      return buffer.next
    },
    take: (records, from) => {
      peerId = from
      for (const record of records) {
        buffer.push(record)
        batches.add(record)
      }
    },
    draw: (charts) => charts.forEach(buffer.addChart),
    recording: () => buffer.recording({ peerId, ...named }),
    actors: buffer.actors,
    subscribe: batches.subscribe,
  }
}
