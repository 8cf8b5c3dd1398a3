import type { Shifting, Surroundings } from '../../src/demo/surroundings.ts'

const kept = <T>(first: T): Shifting<T> & { readonly set: (next: T) => void } => {
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

/** The page of one device on a stage: its own open screen, an address that leads nowhere, the server of the world. */
export const deviceSurroundings = (): Omit<Surroundings, 'now'> => {
  const tab = kept('reading')
  const signaling = kept<string | null>('ws://server/')
  return {
    href: () => 'https://field-book.example/',
    tab: { ...tab, open: tab.set },
    signaling: { ...signaling, choose: (url) => signaling.set(url) },
  }
}
