import type { WallClock } from './clock.ts'

/**
 * Calls `tick` every `everyMs`, with how much later than due it came (0 or more, ms), until the returned function
 * is called. After a late tick the next one is a whole interval away: missed ticks are not made up for.
 */
export const startTicker = (clock: WallClock, everyMs: number, tick: (lateMs: number) => void): (() => void) => {
  let timer: unknown
  const arm = (): void => {
    const due = clock.now() + everyMs
    timer = clock.setTimeout(() => {
      const lateMs = Math.max(0, clock.now() - due)
      arm()
      tick(lateMs)
    }, everyMs)
  }
  arm()
  return () => clock.clearTimeout(timer)
}
