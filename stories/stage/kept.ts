/** A value that one can subscribe to. */
export interface Kept<T> {
  /** Calls the listener after every change; returns the unsubscribe. */
  readonly subscribe: (listener: () => void) => () => void
  readonly read: () => T
  readonly set: (next: T) => void
}

export const kept = <T>(first: T): Kept<T> => {
  const listeners = new Set<() => void>()
  let value = first
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    read: () => value,
    set: (next) => {
      value = next
      for (const listener of Array.from(listeners)) listener()
    },
  }
}
