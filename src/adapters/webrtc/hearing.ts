import type { SteadyClock } from '../steady-clock.ts'
import type { Facts } from './facts.ts'

/** A sign of life is worth an event this often, ms; liveness is judged in seconds. */
const HEARD_EVERY_MS = 500

/** Tells that something arrived: at once, then at most twice a second, and never by a timer. */
export const createHearing = (clock: SteadyClock, facts: Facts): (() => void) => {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    const now = clock.now()
    if (now - last < HEARD_EVERY_MS) return
    last = now
    facts.tell({ type: 'link.heard' })
  }
}
