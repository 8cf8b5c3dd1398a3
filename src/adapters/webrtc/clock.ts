/** Time as the transport sees it; XState's `SimulatedClock` fits. */
export interface Clock {
  /** ms on a monotonic clock; only differences mean anything. */
  now(): number
  setTimeout(callback: () => void, ms: number): unknown
  clearTimeout(id: unknown): void
}

/** The page's own clock: monotonic, so that setting the date moves nothing. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimeout: (callback, ms) => globalThis.setTimeout(callback, ms),
  clearTimeout: (id) => globalThis.clearTimeout(id as ReturnType<typeof globalThis.setTimeout>),
}
