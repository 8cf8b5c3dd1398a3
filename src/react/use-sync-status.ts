import type { SyncStatus } from '#engine/types'
import { useEngineSelector } from './use-engine-selector.ts'
import { useSyncEngine } from './use-sync-engine.ts'

/**
 * Where the engine is, whom it is connected to, and what has not left this device.
 *
 * @example
 * const { mode, signalingConnected } = useSyncStatus()
 */
export const useSyncStatus = (): SyncStatus => useEngineSelector(useSyncEngine(), (engine) => engine.store.getStatus())
