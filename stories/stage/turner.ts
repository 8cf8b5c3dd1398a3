import { drained } from '#sim/drained'
import type { World } from '#world/types'

/** Who turns the clock of a world on a stage: the stage itself, or a guest such as a flow or a plan, never both. */
export interface Turner {
  /** From now on the stage turns the clock, as far as it is let. */
  open(): void
  close(): void
  isClosed(): boolean
  /** There may be something to turn again. */
  wake(): void
  /** While a guest turns, the stage does not. */
  host<T>(work: Promise<T>): Promise<T>
  /**
   * Does something, and turns until it is done and a condition holds.
   *
   * @returns false where it took too long, nothing moved any more, or all was closed
   */
  turn(deed: () => unknown, until: () => boolean, isLate: () => boolean): Promise<boolean>
  /** Lets one timer fire, whoever turns. */
  one(letOne: () => void): Promise<void>
}

/** After so many looks at a world in which no timer is armed, nothing will come any more. */
const MOST_IDLE = 100

/** Does something that may take its time, or throw. */
export const begin = async (deed: () => unknown): Promise<void> => {
  await deed()
}

export const createTurner = (world: World): Turner => {
  let guests = 0
  let isOpen = false
  let isClosed = false
  let wakeUp = (): void => {}
  const stepped = new Set<() => void>()
  world.onStep(() => {
    for (const listener of Array.from(stepped)) listener()
  })

  const sleep = (): Promise<void> =>
    new Promise((resolve) => {
      wakeUp = resolve
    })
  const loop = async (): Promise<void> => {
    while (!isClosed) {
      const hasTurned = guests === 0 && (await world.step())
      if (!hasTurned && !isClosed) await sleep()
    }
  }
  const host = async <T>(work: Promise<T>): Promise<T> => {
    guests += 1
    try {
      return await work
    } finally {
      guests -= 1
      wakeUp()
    }
  }
  const turn: Turner['turn'] = async (deed, until, isLate) => {
    let isDone = false
    const work = begin(deed).finally(() => {
      isDone = true
    })
    // Awaited below as soon as it is done; where it takes too long, that is told.
    work.catch(() => undefined)
    for (let idle = 0; idle < MOST_IDLE && !isLate() && !isClosed; ) {
      await drained()
      if (isDone && until()) {
        await work
        return true
      }
      idle = (await world.step()) ? 0 : idle + 1
    }
    if (isDone) await work
    return false
  }
  return {
    open: () => {
      if (isOpen) return
      isOpen = true
      void loop()
    },
    close: () => {
      isClosed = true
      wakeUp()
    },
    isClosed: () => isClosed,
    wake: () => wakeUp(),
    host,
    turn: (deed, until, isLate) => host(turn(deed, until, isLate)),
    one: async (letOne) => {
      const fired = new Promise<void>((resolve) => {
        const listener = (): void => {
          stepped.delete(listener)
          resolve()
        }
        stepped.add(listener)
      })
      letOne()
      wakeUp()
      if (!isOpen && guests === 0) await world.step()
      await fired
    },
  }
}
