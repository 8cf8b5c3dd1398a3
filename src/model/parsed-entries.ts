import type { Entry } from './entry.ts'
import type { FaultCode } from './fault.ts'
import { parseEntry } from './parse-entry.ts'

/**
 * Entries that were read from their bodies here, and nothing else: what is in such a list has been checked, is frozen,
 * and was never in other hands before, so a merge need not check and copy it again. Nobody can put anything else in.
 */
export class ParsedEntries implements Iterable<Entry> {
  readonly #entries: Entry[] = []

  /** The entries of a genuine list, however it was dressed up since; undefined for anything else. */
  static in(value: unknown): readonly Entry[] | undefined {
    return typeof value === 'object' && value !== null && #entries in value ? value.#entries : undefined
  }

  /** Reads one more body; an entry is added, a fault is not. */
  read(body: string): Entry | FaultCode {
    const entry = parseEntry(body)
    if (typeof entry !== 'string') this.#entries.push(entry)
    return entry
  }

  /** Those of the list that are in a set, in the order of the list. */
  only(wanted: ReadonlySet<Entry>): ParsedEntries {
    const some = new ParsedEntries()
    for (const entry of this.#entries) if (wanted.has(entry)) some.#entries.push(entry)
    return some
  }

  [Symbol.iterator](): ArrayIterator<Entry> {
    return this.#entries.values()
  }
}
