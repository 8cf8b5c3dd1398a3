import { foldRecords } from './fold-records.ts'
import type { InspectRecord, Recording, SeenActors } from './records.types.ts'

/** State is kept at every so many records; what is between is folded anew. */
const KEYFRAME_EVERY = 256

/** Travels through a recording. Moments are named by the number of the last record that has happened. */
export interface RecordingReader {
  readonly recording: Recording
  /** The moment before the first record. */
  readonly start: number
  /** The moment after the last one; `start` for an empty recording. */
  readonly end: number
  /** The record of that number; undefined outside the recording. */
  readonly record: (n: number) => InspectRecord | undefined
  /** The actors right after the record n; moments outside are taken for the nearest end. */
  readonly actorsAt: (n: number) => SeenActors
  /** ms since 1970 of a moment; of the start, that of the first record; 0 in an empty recording. */
  readonly timeAt: (n: number) => number
  /** The last moment that had come at a time; a clock set back in between makes no moment come twice. */
  readonly momentAt: (time: number) => number
  /** The next moment after n (`by` 1) or before it (`by` -1), or the next record that matters; n where there is none. */
  readonly step: (n: number, by: 1 | -1, matters?: (record: InspectRecord) => boolean) => number
}

/** Where each time comes first: the highest until there. */
const risingTimes = (records: readonly InspectRecord[]): readonly number[] => {
  let highest = Number.NEGATIVE_INFINITY
  return records.map(({ at }) => {
    highest = Math.max(highest, at)
    return highest
  })
}

const countUntil = (rising: readonly number[], time: number): number => {
  let [low, high] = [0, rising.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rising[middle] ?? 0) <= time) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Reads a recording at any moment: a record is found at once, the actors by folding at most 256 records.
 *
 * @example
 * const reader = createRecordingReader(parseRecording(text))
 * const broken = reader.step(reader.start, 1, ({ kind }) => kind === 'law')
 * reader.actorsAt(broken) // what everybody was doing when the law was broken
 */
export const createRecordingReader = (recording: Recording): RecordingReader => {
  const { records, before, dropped } = recording
  const [start, end] = [dropped - 1, dropped + records.length - 1]
  const keyframes: SeenActors[] = [before]
  let latest = { n: start, actors: before }
  let rising: readonly number[] | undefined

  const clamp = (n: number): number => Math.min(end, Math.max(start, Math.trunc(n)))
  const keyframe = (index: number): SeenActors => {
    for (let at = keyframes.length; at <= index; at++)
      keyframes.push(
        foldRecords(keyframes[at - 1] ?? before, records.slice((at - 1) * KEYFRAME_EVERY, at * KEYFRAME_EVERY)),
      )
    return keyframes[index] ?? before
  }
  const record = (n: number): InspectRecord | undefined => records[n - dropped]

  return {
    recording,
    start,
    end,
    record,
    actorsAt: (asked) => {
      const n = clamp(asked)
      const index = Math.floor((n - start) / KEYFRAME_EVERY)
      const key = { n: start + index * KEYFRAME_EVERY, actors: keyframe(index) }
      const from = latest.n <= n && latest.n > key.n ? latest : key
      const actors = foldRecords(from.actors, records.slice(from.n + 1 - dropped, n + 1 - dropped))
      latest = { n, actors }
      return actors
    },
    timeAt: (n) => (record(Math.max(clamp(n), dropped)) ?? { at: 0 }).at,
    momentAt: (time) => {
      rising ??= risingTimes(records)
      return start + countUntil(rising, time)
    },
    step: (n, by, matters) => {
      const from = clamp(n)
      for (let at = from + by; at >= start && at <= end; at += by) {
        const each = record(at)
        if (matters ? each && matters(each) : true) return at
      }
      return from
    },
  }
}
