/** Stand-ins for window, document and navigator, and what a person or a browser does to them. */
export interface SimulatedPage {
  readonly page: {
    readonly window: EventTarget
    readonly document: EventTarget & { readonly visibilityState: string }
    readonly navigator: {
      readonly onLine: boolean
      readonly connection: EventTarget & { readonly type: string }
    }
  }
  hide(): void
  readonly show: () => void
  /** The last the page hears before it stands still. */
  freeze(): void
  readonly resume: () => void
  setOnline(online: boolean): void
  /** Another network: Wi-Fi, cellular … */
  setNetwork(type: string): void
  /** The page goes; `kept` for the back button. */
  leave(kept: boolean): void
  returnTo(): void
}

const withPersisted = (type: string, persisted: boolean): Event => Object.assign(new Event(type), { persisted })

export const createSimulatedPage = (): SimulatedPage => {
  const window = new EventTarget()
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const connection = Object.assign(new EventTarget(), { type: 'wifi' })
  const navigator = { onLine: true, connection }
  const look = (visibilityState: string) => {
    if (document.visibilityState === visibilityState) return
    document.visibilityState = visibilityState
    document.dispatchEvent(new Event('visibilitychange'))
  }
  const tellNetwork = (type: string) => {
    connection.type = type
    connection.dispatchEvent(new Event('change'))
  }
  return {
    page: { window, document, navigator },
    hide: () => look('hidden'),
    show: () => look('visible'),
    freeze: () => void document.dispatchEvent(new Event('freeze')),
    resume: () => void document.dispatchEvent(new Event('resume')),
    setOnline: (online) => {
      if (navigator.onLine === online) return
      navigator.onLine = online
      // Browsers tell of the other network first.
      tellNetwork(online ? 'wifi' : 'none')
      window.dispatchEvent(new Event(online ? 'online' : 'offline'))
    },
    setNetwork: tellNetwork,
    leave: (kept) => void window.dispatchEvent(withPersisted('pagehide', kept)),
    returnTo: () => void window.dispatchEvent(withPersisted('pageshow', true)),
  }
}
