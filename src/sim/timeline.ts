/** Names an armed timer. */
export type TimerId = number

/** The one order of everything that happens in a simulation. */
export interface Timeline {
  /** ms since the beginning. */
  readonly now: () => number
  /** Arms a timer; those of the same ms fire in the order they were armed. */
  after(ms: number, task: () => void): TimerId
  cancel(id: TimerId | undefined): void
  /** When the next timer fires; undefined where none is armed. */
  nextAt(): number | undefined
  /** Moves to the next timer and fires it; false where none is armed. What the task throws comes through. */
  step(): boolean
  /** Moves to a moment before which no timer fires; never back. */
  skipTo(ms: number): void
  /** Timers that are armed. */
  readonly armed: number
}

interface Timer {
  readonly id: TimerId
  readonly at: number
  readonly task: () => void
}

const isBefore = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.id < b.id)

/**
 * A clock that nobody but its owner turns, timer by timer. (XState's `SimulatedClock` sets its time to the end of a
 * step before it fires the timers within, so that they see a time that is not theirs.)
 */
export const createTimeline = (): Timeline => {
  const heap: Timer[] = []
  const live = new Set<TimerId>()
  let time = 0
  let lastId = 0

  const top = (): Timer | undefined => {
    while (heap.length > 0 && !live.has((heap[0] as Timer).id)) pop(heap)
    return heap[0]
  }
  return {
    now: () => time,
    after: (ms, task) => {
      const id = ++lastId
      live.add(id)
      push(heap, { id, at: time + Math.max(0, ms || 0), task })
      return id
    },
    cancel: (id) => {
      if (id !== undefined) live.delete(id)
    },
    nextAt: () => top()?.at,
    step: () => {
      const timer = top()
      if (!timer) return false
      pop(heap)
      live.delete(timer.id)
      time = timer.at
      timer.task()
      return true
    },
    skipTo: (ms) => {
      time = Math.max(time, ms)
    },
    get armed() {
      return live.size
    },
  }
}

const push = (heap: Timer[], timer: Timer): void => {
  let at = heap.push(timer) - 1
  while (at > 0) {
    const parent = (at - 1) >> 1
    const above = heap[parent] as Timer
    if (!isBefore(timer, above)) break
    heap[at] = above
    at = parent
  }
  heap[at] = timer
}

const pop = (heap: Timer[]): void => {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let at = 0
  for (;;) {
    const left = 2 * at + 1
    if (left >= heap.length) break
    const right = left + 1
    const child = right < heap.length && isBefore(heap[right] as Timer, heap[left] as Timer) ? right : left
    if (!isBefore(heap[child] as Timer, last)) break
    heap[at] = heap[child] as Timer
    at = child
  }
  heap[at] = last
}
