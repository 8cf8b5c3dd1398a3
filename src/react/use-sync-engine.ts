import { useContext } from 'react'
import type { SyncEngine } from '#engine/types'
import { FieldmeshError } from '#model/fault'
import { EngineContext } from './engine-context.ts'

/**
 * The engine of the nearest `SyncProvider`.
 *
 * @throws FieldmeshError `options-invalid` outside any provider
 * @example
 * const engine = useSyncEngine()
 * return <button onClick={() => engine.retry()}>Try again</button>
 */
export const useSyncEngine = (): SyncEngine => {
  const engine = useContext(EngineContext)
  if (!engine) throw new FieldmeshError('options-invalid', 'This hook needs a <SyncProvider engine={…}> above it.')
  return engine
}
