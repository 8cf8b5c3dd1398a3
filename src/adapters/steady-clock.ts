/** Time as links and sockets see it; XState's `SimulatedClock` fits. */
export interface SteadyClock {
  /** ms on a monotonic clock; only differences mean anything. */
  now(): number
  setTimeout(callback: () => void, ms: number): unknown
  clearTimeout(id: unknown): void
}

/** The page's own clock: monotonic, so that setting the date moves nothing. */
export const steadyClock: SteadyClock = {
  now: () => performance.now(),
  setTimeout: (callback, ms) => globalThis.setTimeout(callback, ms),
  clearTimeout: (id) => globalThis.clearTimeout(id as ReturnType<typeof globalThis.setTimeout>),
}
