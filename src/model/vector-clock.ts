import { FieldmeshError } from './fault.ts'
import { isPlainObject, setOwn } from './plain-object.ts'

/** How one clock stands to another: it happened before or after it, or they are equal, or neither saw the other. */
export type ClockOrder = 'before' | 'after' | 'equal' | 'concurrent'

/** Pairs of author and seq: a `VectorClock`, a `Map`, or an array of pairs. */
type ClockPairs = Iterable<readonly [peerId: string, seq: number]>

const isSeq = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

const malformed = (detail: string): FieldmeshError => new FieldmeshError('vector-clock-malformed', detail)

const notASeq = (peerId: string): FieldmeshError =>
  malformed(`The seq of ${JSON.stringify(peerId.slice(0, 64))} is not a whole number from 0 up.`)

/**
 * A vector clock: author → seq, where an absent author counts as 0. Mutable like a `Map`; `clone()` to keep a state.
 * As a version vector it says "all entries of this author up to seq", as an entry's clock "what the author had seen".
 * It puts no bound on the number of authors; the parser of hostile bytes does (`LIMITS.vectorAuthors`).
 *
 * Source: C. Fidge, "Timestamps in message-passing systems that preserve the partial ordering", 1988.
 *
 * @example
 * const a = new VectorClock().tick('ana')
 * const b = a.clone().tick('ben')
 * a.compare(b) // 'before'
 */
export class VectorClock {
  readonly #seqs = new Map<string, number>()

  /** @throws FieldmeshError `vector-clock-malformed` for a seq that is not a whole number from 0 up. */
  constructor(source: ClockPairs | Readonly<Record<string, number>> = []) {
    const pairs: ClockPairs = Symbol.iterator in source ? source : Object.entries(source)
    for (const [peerId, seq] of pairs) this.set(peerId, seq)
  }

  /**
   * Reads what `toJSON` wrote, or anything else that came as JSON. Keys such as `__proto__` are authors like others.
   * @throws FieldmeshError `vector-clock-malformed` on anything but a plain map of non-negative safe integers.
   */
  static fromJSON(json: unknown): VectorClock {
    try {
      return readClock(json)
    } catch (error) {
      throw error instanceof FieldmeshError ? error : malformed('It cannot be read.') // a getter or proxy that throws
    }
  }

  /** Number of authors named. */
  get size(): number {
    return this.#seqs.size
  }

  /** The author's seq; 0 for an author not named. */
  get(peerId: string): number {
    return this.#seqs.get(peerId) ?? 0
  }

  /** @throws FieldmeshError `vector-clock-malformed` for a seq that is not a whole number from 0 up. */
  set(peerId: string, seq: number): this {
    if (typeof peerId !== 'string') throw malformed('An author is not a string.')
    if (!isSeq(seq)) throw notASeq(peerId)
    this.#seqs.set(peerId, seq + 0) // -0 becomes 0
    return this
  }

  /** Counts the author's seq up by one. */
  tick(peerId: string): this {
    return this.set(peerId, this.get(peerId) + 1)
  }

  /** Joins with the other: the larger seq of every author. The other stays as it is. */
  merge(other: ClockPairs): this {
    for (const [peerId, seq] of other) {
      const mine = this.#seqs.get(peerId)
      if (mine === undefined || !(seq <= mine)) this.set(peerId, seq)
    }
    return this
  }

  /** `before`: the other has seen all of this one and more; `after`: the reverse. */
  compare(other: VectorClock): ClockOrder {
    const less = this.#lacksAnyOf(other)
    const more = other.#lacksAnyOf(this)
    if (less) return more ? 'concurrent' : 'before'
    return more ? 'after' : 'equal'
  }

  #lacksAnyOf(other: VectorClock): boolean {
    for (const [peerId, seq] of other) if (seq > this.get(peerId)) return true
    return false
  }

  /** An independent copy. */
  clone(): VectorClock {
    return new VectorClock(this.#seqs)
  }

  /** A plain object, keys sorted by UTF-16 code units (engines put whole-number keys first). */
  toJSON(): Record<string, number> {
    const json: Record<string, number> = {}
    for (const peerId of [...this.#seqs.keys()].toSorted()) setOwn(json, peerId, this.get(peerId))
    return json
  }

  /** Pairs of author and seq, in the order they were first named. */
  [Symbol.iterator](): MapIterator<[peerId: string, seq: number]> {
    return this.#seqs[Symbol.iterator]()
  }
}

const readClock = (json: unknown): VectorClock => {
  if (!isPlainObject(json)) throw malformed('It is not a plain object.')
  const clock = new VectorClock()
  for (const [peerId, seq] of Object.entries(json)) {
    if (!isSeq(seq)) throw notASeq(peerId)
    clock.set(peerId, seq)
  }
  return clock
}
