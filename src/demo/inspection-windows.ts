/** On this channel an inspector window knocks when it opens; every page of the app hears it. */
export const KNOCKS = 'field-book.inspector'

/** Held, shared, by every inspector window as long as it lives: a crash lets go of it too. */
const LOCK = 'field-book.inspector'
const KEPT = 'field-book.record'

const wants = ({ name, mode }: LockInfo): boolean => name === LOCK && mode === 'shared'

/** True while an inspector window of this origin is open. */
export const isInspectorWindowOpen = async (): Promise<boolean> => {
  // Missing where the page is not secure; the engine does not start there either.
  const { locks }: Partial<Navigator> = navigator
  const { held = [], pending = [] } = (await locks?.query()) ?? {}
  return [...held, ...pending].some(wants)
}

/** Resolves when no inspector window is open any more. */
export const inspectorWindowsClosed = async (): Promise<void> => {
  // Windows that opened later wait behind this request, and are let through.
  const isOpen = await navigator.locks.request(LOCK, isInspectorWindowOpen)
  if (isOpen) await inspectorWindowsClosed()
}

/** Makes this page an inspector window, and asks every page of the app to show itself. */
export const openAsInspectorWindow = async (): Promise<void> => {
  void navigator.locks.request(LOCK, { mode: 'shared' }, () => new Promise(() => {}))
  // Asked for after the lock, so that it is known of before anybody hears the knock.
  await navigator.locks.query()
  const channel = new BroadcastChannel(KNOCKS)
  channel.postMessage('here')
  channel.close()
}

/** Whether this browser records from the start of the app on, whoever looks. */
export const isRecordingKept = (): boolean => {
  try {
    return localStorage.getItem(KEPT) === 'on'
  } catch {
    return false
  }
}

export const keepRecordingOn = (isOn: boolean): void => {
  try {
    if (isOn) localStorage.setItem(KEPT, 'on')
    else localStorage.removeItem(KEPT)
  } catch {
    // A browser that keeps nothing records as long as the page is open.
  }
}
