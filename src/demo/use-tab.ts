import { useCallback, useSyncExternalStore } from 'react'
import { withFragment } from './address.ts'

const subscribe = (listener: () => void) => {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}
const read = () => new URLSearchParams(location.hash.slice(1)).get('tab') ?? 'reading'

/** The open tab, kept in the address: a reload stays there, and Back goes back. */
export const useTab = (): [tab: string, setTab: (tab: string) => void] => {
  const tab = useSyncExternalStore(subscribe, read)
  const setTab = useCallback((next: string) => location.assign(withFragment(location.href, { tab: next })), [])
  return [tab, setTab]
}
