/** Deeds that are done one after the other, in the order they were asked for, however long each takes to be ready. */
export interface Turns {
  /** Those that are not done yet. */
  readonly length: number
  /** Ready now: done at once, unless something before it is not. */
  now(deed: () => void): void
  /** Ready when the work is; `otherwise` is done in its turn where the work fails. */
  after<T>(work: Promise<T>, deed: (outcome: T) => void, otherwise: (error: unknown) => void): void
  /** Nothing that waits is done any more. */
  stop(): void
}

interface Turn {
  deed?: () => void
}

export const createTurns = (): Turns => {
  const queue: Turn[] = []
  const catchUp = () => {
    for (let deed = queue[0]?.deed; deed; deed = queue[0]?.deed) {
      queue.shift()
      deed()
    }
  }
  return {
    get length() {
      return queue.length
    },
    now(deed) {
      if (queue.length === 0) deed()
      else queue.push({ deed })
    },
    after(work, deed, otherwise) {
      const turn: Turn = {}
      queue.push(turn)
      const ready = (its: () => void) => {
        turn.deed = its
        catchUp()
      }
      work.then(
        (outcome) => ready(() => deed(outcome)),
        (error: unknown) => ready(() => otherwise(error)),
      )
    },
    stop() {
      queue.length = 0
    },
  }
}
