import { SimulatedClock } from 'xstate'
import type { WallClock } from './clock.ts'

/** A clock turned by hand, whose wall time may run while its timers stand still, as in a sleeping machine. */
export interface SleepyClock extends WallClock {
  /** Lets time pass, timers firing when due. */
  run(ms: number): void
  /** Moves the wall clock alone, back too. */
  sleep(ms: number): void
  /** Timers that are armed now. */
  readonly armed: number
}

/** Timers fire at whole steps of this. */
const STEP_MS = 100

export const createSleepyClock = (): SleepyClock => {
  const timers = new SimulatedClock()
  const armed = new Set<unknown>()
  let slept = 0
  return {
    setTimeout: (task, ms) => {
      const id = timers.setTimeout(() => {
        armed.delete(id)
        task()
      }, ms)
      armed.add(id)
      return id
    },
    clearTimeout: (id) => {
      armed.delete(id)
      timers.clearTimeout(id as number)
    },
    get armed() {
      return armed.size
    },
    now: () => timers.now() + slept,
    run: (ms) => {
      for (let passed = 0; passed < ms; passed += STEP_MS) timers.increment(Math.min(STEP_MS, ms - passed))
    },
    sleep: (ms) => {
      slept += ms
    },
  }
}
