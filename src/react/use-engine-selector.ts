import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { SyncEngine } from '#engine/types'

const nothingYet = Symbol('nothing yet')

/**
 * Any part of an engine's state; the component renders again only when that part changed.
 *
 * @param engine - the engine to read
 * @param select - reads the part; called often, so cheap and without side effects
 * @param isEqual - tells whether a part is still the same; `Object.is` unless given
 *
 * @example
 * const online = useEngineSelector(engine, (it) => it.store.getStatus().mode === 'online')
 */
export const useEngineSelector = <T>(
  engine: SyncEngine,
  select: (engine: SyncEngine) => T,
  isEqual: (a: T, b: T) => boolean = Object.is,
): T => {
  const last = useRef<T | typeof nothingYet>(nothingYet)
  const subscribe = useCallback((listener: () => void) => engine.store.subscribe(listener), [engine])
  const getSnapshot = (): T => {
    const next = select(engine)
    if (last.current === nothingYet || !isEqual(last.current, next)) last.current = next
    return last.current
  }
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot)
}
