/** A token bucket: `burst` at once after a rest, `perSecond` in the long run. */
export interface TokenBucket {
  /** Takes one token, or so many; false if there are fewer, and then none is taken. */
  readonly take: (count?: number) => boolean
  /** ms until the next token; 0 if there is one. */
  readonly waitMs: () => number
}

/** @param now - a monotonic clock, ms */
export const createTokenBucket = (perSecond: number, burst: number, now: () => number): TokenBucket => {
  let tokens = burst
  let filledAt = now()
  const fill = () => {
    const at = now()
    tokens = Math.min(burst, tokens + (Math.max(0, at - filledAt) * perSecond) / 1000)
    filledAt = at
  }
  return {
    take(count = 1) {
      fill()
      if (tokens < count) return false
      tokens -= count
      return true
    },
    waitMs() {
      fill()
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 1000) / perSecond)
    },
  }
}
