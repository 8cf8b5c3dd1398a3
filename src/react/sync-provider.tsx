import type { ReactNode } from 'react'
import type { SyncEngine } from '#engine/types'
import { EngineContext } from './engine-context.ts'

/** What `SyncProvider` takes. */
export interface SyncProviderProps {
  /** Made outside React; the provider neither starts nor stops it. */
  readonly engine: SyncEngine
  readonly children?: ReactNode
}

/**
 * Gives an engine to every hook below.
 *
 * @example
 * const engine = createSyncEngine({ room, signaling: 'wss://signal.example.org' })
 * void engine.start()
 * root.render(<SyncProvider engine={engine}><App /></SyncProvider>)
 */
export const SyncProvider = ({ engine, children }: SyncProviderProps) => (
  <EngineContext.Provider value={engine}>{children}</EngineContext.Provider>
)
