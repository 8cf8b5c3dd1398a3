/** One task at a time, in the order given. */
export interface SerialQueue {
  /** Resolves or rejects as the task does; a task that fails does not stop the next. */
  run<T>(task: () => Promise<T>): Promise<T>
}

/** An empty queue. */
export const createSerialQueue = (): SerialQueue => {
  let tail: Promise<unknown> = Promise.resolve()
  return {
    run: (task) => {
      const done = tail.then(task)
      tail = done.catch(() => {})
      return done
    },
  }
}
