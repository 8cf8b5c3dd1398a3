/**
 * What lets several servers hold one room together. It carries short texts between the nodes of a room and keeps
 * nothing: devices of one node reach each other without it.
 */
export interface Backplane {
  /** Hands the text to everybody subscribed to the room, the sender included. Best effort; may be asynchronous. */
  publish(room: string, text: string): void
  /** Returns the unsubscribe. */
  subscribe(room: string, listener: (text: string) => void): () => void
  /** `down` makes `/readyz` fail, so that a balancer sends new devices elsewhere. */
  status(): 'up' | 'down'
  /** Resolves when all that was published so far has been handed on. */
  drain(): Promise<void>
}

/** The backplane of one process. Servers that share it share their rooms. */
export const createMemoryBackplane = (): Backplane => {
  const rooms = new Map<string, Set<(text: string) => void>>()
  return {
    publish(room, text) {
      for (const listener of rooms.get(room) ?? []) listener(text)
    },
    subscribe(room, listener) {
      const listeners = rooms.get(room) ?? new Set()
      rooms.set(room, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) rooms.delete(room)
      }
    },
    status: () => 'up',
    drain: () => Promise.resolve(),
  }
}
