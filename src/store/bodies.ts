import type { Dot, Entry } from '#model/entry'
import { type BatchItem, encodeEntry } from '#wire/entry-codec'
import { type BodyLog, createBodyLog } from './body-log.ts'

/** The authors' exact bytes of every entry held: what is stored and passed on is never encoded anew. */
export interface Bodies {
  /** Notes the bytes that came with entries that are to wait; forgotten with the entry. */
  note(waiting: Iterable<Entry>, batch: readonly BatchItem[]): void
  /**
   * Bytes of entries, in their order: those that came with them now, those noted, or those of what was written here.
   * Views of the batch: only what is kept outlives it.
   */
  of(entries: readonly Entry[], batch: readonly BatchItem[]): readonly Uint8Array[]
  /** Keeps the bytes of applied entries, given in the same order, under their dots. */
  keep(entries: readonly Entry[], bodies: readonly Uint8Array[]): void
  /** Bytes of an applied entry. */
  at(dot: Dot): Uint8Array | undefined
}

type ByEntry = Pick<ReadonlyMap<Entry, Uint8Array>, 'get'>

const byEntry = (batch: readonly BatchItem[]): ByEntry => new Map(batch.map(({ entry, bytes }) => [entry, bytes]))

/** True where the entries are those of the batch, one for one: the usual case, found without a map. */
const isBatch = (entries: readonly Entry[], batch: readonly BatchItem[]): boolean =>
  entries.length === batch.length && entries.every((entry, i) => entry === batch[i]?.entry)

/** No bodies yet. */
export const createBodies = (): Bodies => {
  const noted = new WeakMap<Entry, Uint8Array>()
  const kept: BodyLog = createBodyLog()
  return {
    note: (waiting, batch) => {
      let arrived: ByEntry | undefined
      for (const entry of waiting) {
        arrived ??= byEntry(batch)
        const bytes = arrived.get(entry)
        // A copy: a view would keep the whole message in memory for the one entry in it that waits.
        if (bytes !== undefined) noted.set(entry, bytes.slice())
      }
    },
    of: (entries, batch) => {
      if (entries.length === 0) return []
      if (isBatch(entries, batch)) return batch.map(({ bytes }) => bytes)
      const arrived = byEntry(batch)
      return entries.map((entry) => arrived.get(entry) ?? noted.get(entry) ?? encodeEntry(entry))
    },
    keep: (entries, bodies) => {
      kept.add(entries, bodies)
      for (const entry of entries) noted.delete(entry)
    },
    at: kept.at,
  }
}
