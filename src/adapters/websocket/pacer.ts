import { LIMITS } from '#model/limits'
import type { AnnouncedLimits } from '#wire/signaling'
import { createTokenBucket } from '#wire/signaling-rate'
import type { SteadyClock } from '../steady-clock.ts'

/** Sends frames no faster than the server allows, in order. */
export interface Pacer {
  /** False if too many wait already: the frame was not taken. */
  push(frame: string): boolean
  stop(): void
}

/** Two clocks never run quite alike. */
const RATE_SHARE = 5 / 6
/** Frames bunch up where the network stalls: with half the burst in reserve, a stall of a second is no offense. */
const BURST_SHARE = 1 / 2

export const createPacer = (limits: AnnouncedLimits, send: (frame: string) => void, clock: SteadyClock): Pacer => {
  const burst = Math.max(1, Math.floor(limits.burst * BURST_SHARE))
  const bucket = createTokenBucket(limits.perSecond * RATE_SHARE, burst, () => clock.now())
  const waiting: string[] = []
  let timer: unknown
  const flush = () => {
    timer = undefined
    while (waiting.length > 0 && bucket.take()) send(waiting.shift() ?? '')
    if (waiting.length > 0) timer = clock.setTimeout(flush, bucket.waitMs())
  }
  return {
    push(frame) {
      if (waiting.length >= LIMITS.signalsPaced) return false
      waiting.push(frame)
      if (timer === undefined) flush()
      return true
    },
    stop() {
      clock.clearTimeout(timer)
      waiting.length = 0
    },
  }
}
