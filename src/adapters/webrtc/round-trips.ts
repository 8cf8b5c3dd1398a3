import type { SteadyClock } from '../steady-clock.ts'
import type { Facts } from './facts.ts'

/** Pings whose pong is still awaited; older ones are forgotten, a pong for them measures nothing. */
const AWAITED = 8

/** Times pings by their ids, and tells the round trip when the pong comes. */
export interface RoundTrips {
  readonly pinged: (id: number) => void
  readonly ponged: (id: number) => void
}

export const createRoundTrips = (clock: SteadyClock, facts: Facts): RoundTrips => {
  const sentAt = new Map<number, number>()
  return {
    pinged: (id) => {
      sentAt.delete(id)
      sentAt.set(id, clock.now())
      const [oldest] = sentAt.keys()
      if (sentAt.size > AWAITED && oldest !== undefined) sentAt.delete(oldest)
    },
    ponged: (id) => {
      const at = sentAt.get(id)
      if (at === undefined || !sentAt.delete(id)) return
      facts.tell({ type: 'link.rtt', ms: clock.now() - at })
    },
  }
}
