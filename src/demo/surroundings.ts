import { createContext, useContext } from 'react'
import { inviteLink, readAddress, withFragment } from './address.ts'
import { KEEPERS, keepRoom } from './kept-room.ts'
import { chooseSignaling, onSignaling, signalingInUse } from './signaling-address.ts'

/** Something around the app that changes, also without it. */
export interface Shifting<T> {
  /** Calls the listener after every change; returns the unsubscribe. */
  readonly subscribe: (listener: () => void) => () => void
  readonly read: () => T
}

/** The page that the app is in, as far as the app knows it: several apps on one page have one each. */
export interface Surroundings {
  /** Address of the page. */
  readonly href: () => string
  /** The open screen. */
  readonly tab: Shifting<string> & { readonly open: (tab: string) => void }
  /** The signaling server in use; null for none. */
  readonly signaling: Shifting<string | null> & {
    /** Keeps the choice for the next visits, with the invitation to the room of that secret. */
    readonly choose: (url: string | null, secret: string) => void
  }
  /** The time, ms since 1970, where it is not that of the browser. */
  readonly now?: number
}

const onHashChange = (listener: () => void) => {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

/** A page of the browser: the open screen stands in the address, so that a reload stays there and Back goes back. */
const BROWSER: Surroundings = {
  href: () => location.href,
  tab: {
    subscribe: onHashChange,
    read: () => new URLSearchParams(location.hash.slice(1)).get('tab') ?? 'reading',
    open: (tab) => location.assign(withFragment(location.href, { tab })),
  },
  signaling: {
    subscribe: onSignaling,
    read: signalingInUse,
    choose: (url, secret) => {
      chooseSignaling(url)
      const { device } = readAddress(location.href)
      keepRoom(KEEPERS, device, inviteLink(location.href, secret, url))
    },
  },
}

/** Replaced where a page shows several devices. */
export const SurroundingsContext = createContext<Surroundings>(BROWSER)

export const useSurroundings = (): Surroundings => useContext(SurroundingsContext)
