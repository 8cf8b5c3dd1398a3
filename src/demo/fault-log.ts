import type { SyncEngine } from '#engine/types'
import type { FaultCode } from '#model/fault'

/** One sort of trouble, however often it came. */
export interface LoggedFault {
  readonly fault: FaultCode
  readonly peerId?: string
  readonly detail?: string
  readonly times: number
  /** Of the last time, ms since 1970. */
  readonly at: number
}

/** What was refused or failed since the page was opened. */
export interface FaultLog {
  readonly subscribe: (listener: () => void) => () => void
  /** The latest first; the same array until something is added. */
  readonly read: () => readonly LoggedFault[]
}

/** A hostile device must not fill the page. */
const MOST_FAULTS = 50

/** Listens to an engine from now on. */
export const recordFaults = (engine: Pick<SyncEngine, 'on'>, now: () => number = Date.now): FaultLog => {
  let log: readonly LoggedFault[] = []
  const listeners = new Set<() => void>()
  engine.on('fault', (event) => {
    const same = log.find((it) => it.fault === event.fault && it.peerId === event.peerId)
    const others = log.filter((it) => it !== same)
    log = [{ ...event, times: (same?.times ?? 0) + 1, at: now() }, ...others].slice(0, MOST_FAULTS)
    for (const listener of listeners) listener()
  })
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  return { subscribe, read: () => log }
}
