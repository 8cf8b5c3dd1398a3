import type { TimerId, Timeline } from './timeline.ts'

/** Timers and a reading of the time; fits every clock that the engine and its adapters take. */
export interface HostClock {
  now(): number
  setTimeout(task: () => void, ms?: number): unknown
  clearTimeout(id: unknown): void
}

/** One life of a simulated page or process: its event loop and its clocks. */
export interface Host {
  readonly name: string
  readonly isAlive: boolean
  readonly isFrozen: boolean
  /** Wall clock, ms since 1970, as wrong as the device's is. */
  readonly wall: HostClock
  /** Monotonic, ms. */
  readonly steady: HostClock
  /** Something comes from outside: now, when it thaws, or never once it is dead. */
  readonly deliver: (task: () => void) => void
  freeze(): void
  /** What waited runs now, in its order, each in a turn of its own. */
  thaw(): void
  /** Power off: nothing of it ever runs again. */
  kill(): void
  /** Calls at the moment of the power loss: for what the operating system still does. */
  onKill(listener: () => void): void
  /** Timers that are armed, those that wait for the thaw included. */
  readonly timers: number
}

export interface HostOptions {
  readonly name: string
  readonly timeline: Timeline
  /** ms since 1970 at this moment, by the device’s clock; read as whole ms, as `Date.now()` gives them. */
  readonly wallNow: () => number
}

export const createHost = ({ name, timeline, wallNow }: HostOptions): Host => {
  const armed = new Map<TimerId, TimerId>()
  const backlog: (() => void)[] = []
  const mourners: (() => void)[] = []
  let lastTimer = 0
  let isAlive = true
  let isFrozen = false

  const deliver = (task: () => void): void => {
    if (!isAlive) return
    // What came before goes first, also at the very moment of the thaw.
    if (isFrozen || backlog.length > 0) backlog.push(task)
    else task()
  }
  /** One of what waited, in a turn of its own. */
  const catchUp = (): void => {
    if (!isAlive || isFrozen) return
    const task = backlog.shift()
    if (backlog.length > 0) timeline.after(0, catchUp)
    task?.()
  }
  const setTimer = (task: () => void, ms = 0): TimerId => {
    const id = ++lastTimer
    if (!isAlive) return id
    const fire = () => {
      if (armed.delete(id)) task()
    }
    armed.set(
      id,
      timeline.after(ms, () => deliver(fire)),
    )
    return id
  }
  const clearTimer = (id: unknown): void => {
    timeline.cancel(armed.get(id as TimerId))
    armed.delete(id as TimerId)
  }
  const clock = (now: () => number): HostClock => ({ now, setTimeout: setTimer, clearTimeout: clearTimer })

  return {
    name,
    wall: clock(() => Math.floor(wallNow())),
    steady: clock(timeline.now),
    deliver,
    get isAlive() {
      return isAlive
    },
    get isFrozen() {
      return isFrozen
    },
    freeze: () => {
      isFrozen = true
    },
    thaw: () => {
      isFrozen = false
      if (backlog.length > 0) timeline.after(0, catchUp)
    },
    kill: () => {
      isAlive = false
      for (const timer of armed.values()) timeline.cancel(timer)
      armed.clear()
      backlog.length = 0
      for (const mourn of mourners.splice(0)) mourn()
    },
    onKill: (listener) => void mourners.push(listener),
    get timers() {
      return armed.size
    },
  }
}
