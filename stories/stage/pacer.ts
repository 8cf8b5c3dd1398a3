/** Real time, replaceable for tests. */
export interface RealClock {
  /** ms, from anywhere. */
  readonly now: () => number
  /** Calls back soon: with the next picture of the screen. */
  readonly soon: (task: () => void) => void
}

/** How a world's time passes, seen from the chair of whoever watches. */
export interface Pacer {
  readonly isPlaying: boolean
  /** Simulated ms for each real one. */
  readonly speed: number
  play(): void
  pause(): void
  /** @param speed more than 0 */
  setSpeed(speed: number): void
  /** Lets one timer through while paused. */
  letOne(): void
  /** Nothing is held until the function returned is called. */
  hurry(): () => void
  readonly isHurrying: boolean
  /** Holds everything from now on, also in a hurry. */
  stop(): void
  /** Resolves when the timer of that time may fire: what `createWorld` takes. */
  readonly pace: (at: number) => Promise<void> | undefined
  /** What the clock on the wall shows, simulated ms. */
  readonly playhead: () => number
  /** Calls after every change of the above but the playhead. */
  readonly onChange: (listener: () => void) => void
}

/** Where the machine cannot keep up, simulated time is let fall behind by this much real time, ms, and not more. */
const MOST_LAG_MS = 100

export const createPacer = (clock: RealClock, simulatedNow: () => number): Pacer => {
  const listeners: (() => void)[] = []
  const waiting: { readonly at: number; readonly go: () => void }[] = []
  let isPlaying = false
  let speed = 1
  let hurrying = 0
  let tickets = 0
  let isStopped = false
  let since = { real: clock.now(), simulated: 0 }
  let isTicking = false

  const rebase = (): void => {
    since = { real: clock.now(), simulated: Math.max(simulatedNow(), 0) }
  }
  const allowed = (): number => since.simulated + (clock.now() - since.real) * speed
  const isFree = (at: number): boolean => {
    if (isStopped) return false
    if (hurrying > 0) return true
    if (isPlaying) return at <= allowed()
    if (tickets === 0) return false
    tickets -= 1
    return true
  }
  const release = (): void => {
    for (const one of waiting.splice(0)) {
      if (isFree(one.at)) one.go()
      else waiting.push(one)
    }
    tick()
  }
  const tick = (): void => {
    if (isStopped || isTicking || waiting.length === 0 || !isPlaying) return
    isTicking = true
    clock.soon(() => {
      isTicking = false
      release()
    })
  }
  const change = (apply: () => void): void => {
    rebase()
    apply()
    release()
    for (const listener of listeners) listener()
  }
  return {
    get isPlaying() {
      return isPlaying
    },
    get speed() {
      return speed
    },
    get isHurrying() {
      return hurrying > 0
    },
    play: () => change(() => (isPlaying = true)),
    pause: () => change(() => (isPlaying = false)),
    setSpeed: (next) => change(() => (speed = next)),
    stop: () => change(() => (isStopped = true)),
    letOne: () => {
      tickets += 1
      release()
    },
    hurry: () => {
      let isOver = false
      change(() => (hurrying += 1))
      return () => {
        if (!isOver) change(() => (hurrying -= 1))
        isOver = true
      }
    },
    pace: (at) => {
      if (isPlaying && allowed() - at > MOST_LAG_MS * speed) since = { real: clock.now(), simulated: at }
      if (isFree(at)) return undefined
      return new Promise((resolve) => {
        waiting.push({ at, go: resolve })
        tick()
      })
    },
    playhead: () => {
      const next = waiting[0]?.at ?? simulatedNow()
      return isPlaying && hurrying === 0 ? Math.max(simulatedNow(), Math.min(allowed(), next)) : simulatedNow()
    },
    onChange: (listener) => void listeners.push(listener),
  }
}
