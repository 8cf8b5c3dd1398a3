import type { Entry } from '#model/entry'
import type { Journal } from '#store/journal'
import { decodeBatch } from '#wire/entry-codec'

/** An entry as it lies on a disk. */
export interface StoredEntry {
  readonly entry: Entry
  readonly seq: number
  /** Its canonical body. */
  readonly text: string
}

/** Place of an entry: author and number, as one key. */
export const placeOf = (peerId: string, seq: number): string => `${peerId}:${seq}`

export const placeOfEntry = (entry: Entry): string => placeOf(entry.peerId, seqIn(entry, entry.peerId))

/** What the entry's clock says of an author. */
export const seqIn = ({ vectorClock }: Entry, author: string): number =>
  Object.hasOwn(vectorClock, author) ? (vectorClock[author] ?? 0) : 0

/** What part of a journal holds, in its order. */
export interface DiskContent {
  readonly entries: readonly StoredEntry[]
  /** Batches so far: where to read on. */
  readonly length: number
  /** What could not be read as batches of entries. */
  readonly damage: readonly string[]
}

const utf8 = new TextDecoder()

/** Reads a journal from a position on. */
export const readDisk = async (journal: Journal, from = 0): Promise<DiskContent> => {
  const entries: StoredEntry[] = []
  const damage: string[] = []
  const length = await journal.length()
  if (length > from) {
    for await (const bytes of journal.readAll(from)) {
      const batch = decodeBatch(bytes)
      if (!batch.ok) damage.push(`a batch: ${batch.reason}`)
      else {
        damage.push(...batch.refused.map((fault) => `an entry: ${fault}`))
        for (const { entry, bytes: body } of batch.items)
          entries.push({ entry, seq: seqIn(entry, entry.peerId), text: utf8.decode(body) })
      }
    }
  }
  return { entries, length, damage }
}
