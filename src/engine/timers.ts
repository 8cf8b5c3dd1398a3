import type { EngineClock } from './ports.ts'

/** Timers that end together. */
export interface Timers {
  after(ms: number, run: () => void): void
  clear(): void
}

export const createTimers = (clock: EngineClock): Timers => {
  const armed = new Set<unknown>()
  return {
    after: (ms, run) => {
      const timer: unknown = clock.setTimeout(() => {
        armed.delete(timer)
        run()
      }, ms)
      armed.add(timer)
    },
    clear: () => {
      for (const timer of armed) clock.clearTimeout(timer)
      armed.clear()
    },
  }
}
