import { LIMITS } from '#model/limits'
import type { MessageKind } from './messages.ts'
import { createTokenBucket } from './signaling-rate.ts'

/** One frame that the depot took, and what it was to it. */
export interface Arrival {
  readonly kind: MessageKind
  /** Of its message; 0 for the first. */
  readonly index: number
  readonly bytes: number
}

/**
 * What one link may bring in a while, beside the bytes of entries, which credit slows down and the depot bounds. Legal
 * messages without end cost time all the same: whoever sends more than any device of ours has to say is refused.
 */
export interface Intake {
  /** False for what is too much; then it counts for nothing. */
  readonly admits: (arrival: Arrival) => boolean
}

/** Looking at a vector takes as long as it has authors; of entries, those who write them pay with credit. */
const UNIT_BYTES = 256

/**
 * @param now - a monotonic clock, ms
 * @example
 * const intake = createIntake(() => performance.now())
 * if (!intake.admits({ kind: 'ping', index: 0, bytes: 20 })) refuse('wire-limit')
 */
export const createIntake = (now: () => number): Intake => {
  const said = createTokenBucket(LIMITS.saidPerSecond, LIMITS.saidBurst, now)
  const credits = createTokenBucket(LIMITS.creditsPerSecond, LIMITS.creditsBurst, now)
  const vectors = createTokenBucket(LIMITS.vectorUnitsPerSecond, LIMITS.vectorUnitsBurst, now)
  const batches = createTokenBucket(LIMITS.batchesPerSecond, LIMITS.batchesBurst, now)
  return {
    admits: ({ kind, index, bytes }) => {
      if (kind === 'credit') return credits.take()
      if (kind === 'vector') return vectors.take(1 + Math.floor(bytes / UNIT_BYTES))
      if (kind === 'entries') return index > 0 || batches.take()
      return said.take()
    },
  }
}
