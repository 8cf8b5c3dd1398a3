import { FieldmeshError } from './fault.ts'
import { LIMITS } from './limits.ts'

/** A reading of the hybrid clock: milliseconds since 1970, and a counter within the millisecond. */
export interface HybridTime {
  readonly timestamp: number
  readonly counter: number
}

/** The counter stays in 16 bits; then the clock borrows the next millisecond. */
const MAX_COUNTER = 0xffff

/**
 * A hybrid logical clock: close to wall time, never repeating, never going back, and ahead of everything seen.
 * It only orders what is concurrent; causality is the vector clocks' business. All methods are pure in the wall time given.
 *
 * Source: S. Kulkarni et al., "Logical Physical Clocks", 2014.
 */
export class HybridClock {
  #last: HybridTime = { timestamp: 0, counter: -1 }

  get last(): HybridTime {
    return this.#last
  }

  /**
   * The reading after `last` at this wall time; the clock itself stays. Give the result as `last` for one more.
   * @throws FieldmeshError `hlc-exhausted` past the largest whole number
   */
  next(wallMs: number, last: HybridTime = this.#last): HybridTime {
    if (wallMs > last.timestamp) return { timestamp: wallMs, counter: 0 }
    if (last.counter < MAX_COUNTER) return { timestamp: last.timestamp, counter: last.counter + 1 }
    if (last.timestamp >= Number.MAX_SAFE_INTEGER) throw new FieldmeshError('hlc-exhausted')
    return { timestamp: last.timestamp + 1, counter: 0 }
  }

  /** Never falls behind a reading of this device's own, however far ahead its wall clock once was. */
  adopt(own: HybridTime): void {
    if (compareTimes(own, this.#last) > 0) this.#last = own
  }

  /** Catches up with another device's reading, unless that is too far ahead: then false, and it is not adopted. */
  observe(remote: HybridTime, wallMs: number): boolean {
    if (isAhead(remote.timestamp, wallMs)) return false
    this.adopt(remote)
    return true
  }
}

/** True for a time so far ahead of the wall that its author's clock must be wrong. */
export const isAhead = (timestamp: number, wallMs: number): boolean => timestamp - wallMs > LIMITS.clockAheadMs

/** What a wall clock shows, as whole milliseconds from 0 up; 0 for a clock that shows no number. */
export const wholeMs = (wallMs: number): number =>
  Number.isFinite(wallMs) ? Math.min(Math.max(0, Math.floor(wallMs)), Number.MAX_SAFE_INTEGER) : 0

const compareTimes = (a: HybridTime, b: HybridTime): number => a.timestamp - b.timestamp || a.counter - b.counter
