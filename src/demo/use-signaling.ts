import { useSyncExternalStore } from 'react'
import { useSurroundings } from './surroundings.ts'

/** The signaling server in use, again whenever it changes; null for none. */
export const useSignaling = (): string | null => {
  const { signaling } = useSurroundings()
  return useSyncExternalStore(signaling.subscribe, signaling.read)
}
