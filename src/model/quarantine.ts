import type { Dot, Entry } from './entry.ts'
import { seqOf } from './entry-dot.ts'
import type { EntryLog } from './entry-log.ts'
import type { RecordKeys, RecordTable } from './record-table.ts'
import { VectorClock } from './vector-clock.ts'
import { compareText } from './write-order.ts'

/** True for an entry that counts. Must depend on the entry alone, until another judgment takes its place. */
export type Judgment = (entry: Entry) => boolean

interface Judging {
  readonly judgment: Judgment | undefined
  /** Those whose entries are judged otherwise than before; default: all. */
  readonly authors: Iterable<string> | undefined
}

/** Applied entries that are not in force: held, chained and passed on like others, and left out of every view. */
export class Quarantine {
  #judgment: Judgment | undefined
  readonly #seqs = new Map<string, Set<number>>()
  #count = 0

  get count(): number {
    return this.#count
  }

  /** By author and seq. */
  dots(): readonly Dot[] {
    const authors = [...this.#seqs].toSorted(([a], [b]) => compareText(a, b))
    return authors.flatMap(([peerId, seqs]) => [...seqs].sort((a, b) => a - b).map((seq) => ({ peerId, seq })))
  }

  has(entry: Entry): boolean {
    return this.#count > 0 && (this.#seqs.get(entry.peerId)?.has(seqOf(entry)) ?? false)
  }

  /** True for an entry in force; another one is kept here from now on. */
  admits(entry: Entry): boolean {
    if (this.#judgment === undefined || this.#judgment(entry)) return true
    this.#put(entry)
    return false
  }

  /** Judges logs anew, and makes the records anew that this changes. @returns their resource types */
  enforce(log: EntryLog, table: RecordTable, { judgment, authors }: Judging): ReadonlySet<string> {
    this.#judgment = judgment
    const keys = recordsOf(this.#judge(log, authors ?? authorsOf(log)))
    if (keys.size > 0) table.rebuild(keys, this.#inForce(log, keys))
    return new Set(keys.keys())
  }

  /** Entries that come into force, or go out of it. */
  #judge(log: EntryLog, authors: Iterable<string>): readonly Entry[] {
    const changed: Entry[] = []
    for (const peerId of new Set(authors)) {
      for (let seq = 1; seq <= log.get(peerId); seq++) {
        const entry = log.entry(peerId, seq)
        if (entry && this.#isChanged(entry)) changed.push(entry)
      }
    }
    return changed
  }

  /** What counts of these records, in causal order. */
  *#inForce(log: EntryLog, keys: RecordKeys): Generator<Entry, void, void> {
    for (const entry of log.since(new VectorClock()))
      if (keys.get(entry.resourceType)?.has(entry.id) && !this.has(entry)) yield entry
  }

  #isChanged(entry: Entry): boolean {
    const wasOut = this.has(entry)
    if (wasOut) this.#take(entry)
    return this.admits(entry) === wasOut
  }

  #put(entry: Entry): void {
    const seqs = this.#seqs.get(entry.peerId)
    if (seqs) seqs.add(seqOf(entry))
    else this.#seqs.set(entry.peerId, new Set([seqOf(entry)]))
    this.#count += 1
  }

  #take(entry: Entry): void {
    const seqs = this.#seqs.get(entry.peerId)
    seqs?.delete(seqOf(entry))
    if (seqs?.size === 0) this.#seqs.delete(entry.peerId)
    this.#count -= 1
  }
}

const authorsOf = (log: EntryLog): readonly string[] => Array.from(log.vector(), ([peerId]) => peerId)

/** The records that entries are of. */
const recordsOf = (entries: readonly Entry[]): RecordKeys => {
  const types = new Map<string, Set<string>>()
  for (const { resourceType, id } of entries) {
    const ids = types.get(resourceType)
    if (ids) ids.add(id)
    else types.set(resourceType, new Set([id]))
  }
  return types
}
