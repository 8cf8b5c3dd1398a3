/**
 * Timers and the wall clock (ms since 1970), as one thing to inject. The wall clock, since a monotonic one may stand
 * still while the machine sleeps. XState's `SimulatedClock` is one too.
 */
export interface WallClock {
  setTimeout(task: () => void, ms: number): unknown
  clearTimeout(id: unknown): void
  now(): number
}

/** The real one. */
export const wallClock: WallClock = {
  setTimeout: (task, ms) => globalThis.setTimeout(task, ms),
  clearTimeout: (id) => globalThis.clearTimeout(id as ReturnType<typeof setTimeout>),
  now: () => Date.now(),
}
