/** A set of listeners. One that throws is a bug of its owner: it is reported as uncaught, and the others still hear. */
export interface Listeners<T> {
  /** Returns the unsubscribe. */
  readonly add: (listener: (value: T) => void) => () => void
  readonly tell: (value: T) => void
}

/** Listeners in the order they were added; each subscription counts, even of the same function. */
export const createListeners = <T>(): Listeners<T> => {
  const subscriptions = new Set<{ readonly listener: (value: T) => void }>()
  return {
    add: (listener) => {
      const subscription = { listener }
      subscriptions.add(subscription)
      return () => {
        subscriptions.delete(subscription)
      }
    },
    tell: (value) => {
      // A copy: a listener may subscribe anew while it is called.
      for (const { listener } of Array.from(subscriptions)) {
        try {
          listener(value)
        } catch (error) {
          queueMicrotask(() => {
            throw error
          })
        }
      }
    },
  }
}
