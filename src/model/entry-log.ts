import type { AppliedSeqs } from './causal-gate.ts'
import type { Entry } from './entry.ts'
import { mergeRuns, type Run } from './merge-runs.ts'
import { VectorClock } from './vector-clock.ts'

/** One author's applied entries, seq 1 first, and the place of each in the order of applying. */
interface AuthorLog {
  readonly entries: Entry[]
  readonly places: number[]
}

/** Every applied entry, by author. The order of applying is a causal order, because the gate made it. */
export class EntryLog implements AppliedSeqs {
  readonly #authors = new Map<string, AuthorLog>()
  #size = 0

  get size(): number {
    return this.#size
  }

  get(peerId: string): number {
    return this.#authors.get(peerId)?.entries.length ?? 0
  }

  entry(peerId: string, seq: number): Entry | undefined {
    return this.#authors.get(peerId)?.entries[seq - 1]
  }

  append(entry: Entry): void {
    const log = this.#authors.get(entry.peerId) ?? this.#open(entry.peerId)
    log.entries.push(entry)
    log.places.push(this.#size)
    this.#size += 1
  }

  #open(peerId: string): AuthorLog {
    const log: AuthorLog = { entries: [], places: [] }
    this.#authors.set(peerId, log)
    return log
  }

  vector(): VectorClock {
    const vector = new VectorClock()
    for (const [peerId, log] of this.#authors) vector.set(peerId, log.entries.length)
    return vector
  }

  /** What the vector lacks of the log as it is now, in causal order. */
  since(vector: VectorClock): Generator<Entry, void, void> {
    const runs: Run[] = []
    for (const [peerId, { entries, places }] of this.#authors) {
      const next = vector.get(peerId)
      if (next < entries.length) runs.push({ entries, places, next, end: entries.length })
    }
    return mergeRuns(runs)
  }
}
