import { getOwn, setOwn } from './plain-object.ts'
import { VectorClock } from './vector-clock.ts'

type Clock = Readonly<Record<string, number>>

const NOTHING: Clock = Object.freeze({})

/**
 * The join of the clocks of a record's entries. Mostly the latest entry has seen all before it: then its own clock is
 * the join, and a million records need no clocks of their own. Adding costs by the clock added, not by the join.
 */
export class SeenClock {
  #latest: Clock = NOTHING
  /** While no single entry has seen all. */
  #joined: VectorClock | undefined

  add(clock: Clock): void {
    if (this.#latest === NOTHING || this.#isCoveredBy(clock)) {
      this.#latest = clock
      this.#joined = undefined
    } else {
      this.#joined ??= new VectorClock(this.#latest)
      this.#joined.merge(Object.entries(clock))
    }
  }

  /** A copy. */
  toClock(): Record<string, number> {
    if (!this.#joined) return { ...this.#latest }
    const clock: Record<string, number> = {}
    for (const [peerId, seq] of this.#joined) setOwn(clock, peerId, seq)
    return clock
  }

  #isCoveredBy(clock: Clock): boolean {
    const authors = this.#joined ?? Object.entries(this.#latest)
    if (this.#joined && this.#joined.size > Object.keys(clock).length) return false
    for (const [peerId, seq] of authors) if ((getOwn(clock, peerId) ?? 0) < seq) return false
    return true
  }
}
