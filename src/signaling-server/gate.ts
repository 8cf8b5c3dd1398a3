import { createTokenBucket } from '#wire/signaling-rate'
import type { SignalingLimits } from './limits.ts'

/** Decides what becomes of the next frame of one connection. */
export interface Gate {
  /** `pass`: within the rate; `refuse`: beyond it; `expel`: as far beyond it again. */
  admit(): 'pass' | 'refuse' | 'expel'
  /** ms until the next frame would pass. */
  waitMs(): number
}

/** Two buckets of the same size: one for frames, one for our patience with what is too many. */
export const createGate = ({ perSecond, burst }: SignalingLimits, now: () => number): Gate => {
  const allowance = createTokenBucket(perSecond, burst, now)
  const patience = createTokenBucket(perSecond, burst, now)
  return {
    admit() {
      if (allowance.take()) return 'pass'
      return patience.take() ? 'refuse' : 'expel'
    },
    waitMs: allowance.waitMs,
  }
}
