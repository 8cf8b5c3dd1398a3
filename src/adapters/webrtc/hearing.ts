import type { SteadyClock } from '../steady-clock.ts'
import type { Facts } from './facts.ts'

/** A sign of life is worth an event this often, ms; liveness is judged in seconds. */
const HEARD_EVERY_MS = 500

export interface Hearing {
  /** Something arrived. */
  readonly heard: () => void
  /** The chart has asked: the next word is told, however soon after the last. */
  readonly awaited: () => void
}

/** Tells that something arrived: at once, then at most twice a second and after each question, and never by a timer. */
export const createHearing = (clock: SteadyClock, facts: Facts): Hearing => {
  let last = Number.NEGATIVE_INFINITY
  return {
    heard: () => {
      const now = clock.now()
      if (now - last < HEARD_EVERY_MS) return
      last = now
      facts.tell({ type: 'link.heard' })
    },
    awaited: () => {
      last = Number.NEGATIVE_INFINITY
    },
  }
}
