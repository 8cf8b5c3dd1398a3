import { useSyncExternalStore } from 'react'
import { useSurroundings } from './surroundings.ts'

/** The open screen. */
export const useTab = (): [tab: string, setTab: (tab: string) => void] => {
  const { tab } = useSurroundings()
  return [useSyncExternalStore(tab.subscribe, tab.read), tab.open]
}
