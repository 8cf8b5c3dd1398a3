import { readAddress, sameHostSignaling, withSignaling } from './address.ts'

const KEY = 'field-book.signaling'
const NONE = 'none'

/** What was chosen since the page was opened; it holds where localStorage does not. */
let chosen: string | null | undefined
const listeners = new Set<() => void>()

/** The signaling server of this page: chosen, or from the address, or remembered, or its own host. null for none. */
export const signalingInUse = (): string | null => {
  if (chosen !== undefined) return chosen
  const { signaling } = readAddress(location.href)
  if (signaling) return signaling
  const remembered = readRemembered()
  if (remembered === NONE) return null
  return remembered ?? sameHostSignaling(location)
}

/** Chooses another server, for this page and the next visits: a `?signaling=` in the address no longer counts. */
export const chooseSignaling = (url: string | null): void => {
  chosen = url
  history.replaceState(history.state, '', withSignaling(location.href, null))
  try {
    localStorage.setItem(KEY, url ?? NONE)
  } catch {
    // Without localStorage the choice holds until the page is closed.
  }
  for (const listener of listeners) listener()
}

/** Calls the listener after every choice; returns the unsubscribe. */
export const onSignaling = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const readRemembered = (): string | null => {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}
