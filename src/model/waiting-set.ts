import type { Dot, Entry } from './entry.ts'
import { seqOf } from './entry-dot.ts'

/** An entry held back, and the bytes of its canonical body. */
export interface Held {
  readonly entry: Entry
  readonly bytes: number
}

interface Blocked {
  readonly held: Held
  readonly missing: Dot
}

/** Entries held back by the causal gate, each found by its own dot and by the one dot it is blocked on now. */
export class WaitingSet {
  readonly #byDot = new DotMap<Blocked>()
  readonly #byBlocker = new DotMap<Set<Held>>()
  #count = 0
  #bytes = 0

  get count(): number {
    return this.#count
  }

  get bytes(): number {
    return this.#bytes
  }

  find(peerId: string, seq: number): Held | undefined {
    return this.#byDot.get(peerId, seq)?.held
  }

  /** Holds an entry back, or blocks one that was released on its next missing dot. */
  add(held: Held, missing: Dot): void {
    const { peerId } = held.entry
    const seq = seqOf(held.entry)
    this.delete(peerId, seq)
    this.#count += 1
    this.#bytes += held.bytes
    this.#byDot.set(peerId, seq, { held, missing })
    const blocked = this.#byBlocker.get(missing.peerId, missing.seq)
    if (blocked) blocked.add(held)
    else this.#byBlocker.set(missing.peerId, missing.seq, new Set([held]))
  }

  /** Those to look at again once the dot is applied. */
  blockedOn(dot: Dot): readonly Held[] {
    const blocked = this.#byBlocker.get(dot.peerId, dot.seq)
    return blocked ? [...blocked] : NOTHING
  }

  delete(peerId: string, seq: number): void {
    const blocked = this.#byDot.get(peerId, seq)
    if (!blocked) return
    const { held, missing } = blocked
    this.#byDot.delete(peerId, seq)
    this.#count -= 1
    this.#bytes -= held.bytes
    const others = this.#byBlocker.get(missing.peerId, missing.seq)
    others?.delete(held)
    if (others?.size === 0) this.#byBlocker.delete(missing.peerId, missing.seq)
  }

  ofAuthor(peerId: string): readonly Held[] {
    return Array.from(this.#byDot.of(peerId), ({ held }) => held)
  }

  *entries(): Generator<Entry, void, void> {
    for (const { held } of this.#byDot.values()) yield held.entry
  }
}

const NOTHING: readonly Held[] = Object.freeze([])

/** A map by author and seq. */
class DotMap<T> {
  readonly #authors = new Map<string, Map<number, T>>()

  get(peerId: string, seq: number): T | undefined {
    return this.#authors.get(peerId)?.get(seq)
  }

  set(peerId: string, seq: number, value: T): void {
    const seqs = this.#authors.get(peerId)
    if (seqs) seqs.set(seq, value)
    else this.#authors.set(peerId, new Map([[seq, value]]))
  }

  delete(peerId: string, seq: number): void {
    const seqs = this.#authors.get(peerId)
    seqs?.delete(seq)
    if (seqs?.size === 0) this.#authors.delete(peerId)
  }

  of(peerId: string): Iterable<T> {
    return this.#authors.get(peerId)?.values() ?? []
  }

  *values(): Generator<T, void, void> {
    for (const seqs of this.#authors.values()) yield* seqs.values()
  }
}
