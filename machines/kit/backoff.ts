import { TIMINGS } from './timings.ts'

const GOLDEN = 0x9e3779b9

/** One step of splitmix32 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators"), in [0, 1). */
const unit = (state: number): number => {
  let z = state | 0
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32
}

/**
 * Full jitter `U(0, min(30 s, 1 s · 2ⁿ))` in whole ms (AWS, "Exponential backoff and jitter"). Pure: the same seed
 * and attempt give the same wait, so charts can be replayed; different seeds spread a crowd.
 *
 * @param attempt number of the failed attempt, from 0
 *
 * @example
 * backoff({ seed: seedOf('alice'), attempt: 0 }) // somewhere in 0 … 999
 */
export const backoff = ({ seed, attempt }: { readonly seed: number; readonly attempt: number }): number => {
  const ceiling = Math.min(TIMINGS.backoffMax, TIMINGS.backoffBase * 2 ** attempt)
  return Math.floor(unit(seed + Math.imul(attempt + 1, GOLDEN)) * ceiling)
}
