import { useContext, useEffect, useReducer, useRef } from 'react'
import { acquireEngine, peekEngine } from '#engine/lifetimes'
import type { SyncEngineOptions } from '#engine/options'
import type { SyncEngine } from '#engine/types'
import { FieldmeshError } from '#model/fault'
import { EngineContext } from './engine-context.ts'

/**
 * The engine of the options, held while mounted, or the provider's without options.
 * Rendering only looks (a render may never be committed); the effect holds.
 */
export const useLease = (options: SyncEngineOptions | undefined, start: boolean): SyncEngine => {
  const provided = useContext(EngineContext)
  const engine = options ? peekEngine(options) : provided
  const [, lookAgain] = useReducer((count: number) => count + 1, 0)
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })
  useEffect(() => {
    if (!latest.current) return
    const lease = acquireEngine(latest.current)
    // The engine looked at can have been dropped before a late commit.
    if (lease.engine !== engine) lookAgain()
    if (start) void lease.engine.start().catch(shownByStatus)
    return lease.release
  }, [engine, start])

  if (!engine) throw new FieldmeshError('options-invalid', 'Give useOfflineSync options, or a <SyncProvider> above it.')
  return engine
}

/** A start that fails is told by `status.phase` and `explain()`. */
const shownByStatus = () => {}
