import type { Dot, Entry } from '#model/entry'
import { dotOf } from '#model/entry-dot'
import { type BatchItem, encodeEntry } from '#wire/entry-codec'

/** The authors' exact bytes of every entry held: what is stored and passed on is never encoded anew. */
export interface Bodies {
  /**
   * Notes the bytes that came with entries of a batch; forgotten with the entry unless it is kept.
   * @param entries those of a plan, which may be copies of those in the batch
   */
  note(entries: Iterable<Entry>, batch: readonly BatchItem[]): void
  /** Bytes noted for an entry, or those of one that was written here. */
  readonly of: (entry: Entry) => Uint8Array
  /** Keeps the bytes of an applied entry under its dot. */
  keep(entry: Entry): void
  /** Bytes of an applied entry. */
  at(dot: Dot): Uint8Array | undefined
}

const keyOf = (entry: Entry): string => {
  const { peerId, seq } = dotOf(entry)
  return `${seq}:${peerId}`
}

/** By dot; undefined where a forked author has two entries at one dot: those are told apart by encoding them. */
const byDot = (batch: readonly BatchItem[]): Map<string, Uint8Array | undefined> => {
  const found = new Map<string, Uint8Array | undefined>()
  for (const { entry, bytes } of batch) {
    const key = keyOf(entry)
    found.set(key, found.has(key) ? undefined : bytes)
  }
  return found
}

/** No bodies yet. Applied ones lie by author and seq; those of entries that wait live as long as the entry does. */
export const createBodies = (): Bodies => {
  const noted = new WeakMap<Entry, Uint8Array>()
  const kept = new Map<string, Uint8Array[]>()
  const of = (entry: Entry): Uint8Array => noted.get(entry) ?? encodeEntry(entry)
  return {
    note: (entries, batch) => {
      const found = byDot(batch)
      for (const entry of entries) {
        const bytes = found.get(keyOf(entry))
        // A copy: a view would keep the whole message in memory for the one entry in it that is new.
        if (bytes !== undefined) noted.set(entry, bytes.slice())
      }
    },
    of,
    keep: (entry) => {
      const { peerId, seq } = dotOf(entry)
      const log = kept.get(peerId) ?? []
      kept.set(peerId, log)
      log[seq - 1] = of(entry)
      noted.delete(entry)
    },
    at: ({ peerId, seq }) => kept.get(peerId)?.[seq - 1],
  }
}
