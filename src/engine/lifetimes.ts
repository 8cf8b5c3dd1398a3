import type { SyncEngineOptions } from './options.ts'
import { createSyncEngine } from './create-sync-engine.ts'
import { createLifetimes } from './engine-lifetimes.ts'

const shared = createLifetimes<SyncEngineOptions>(createSyncEngine)

/**
 * The one engine of a room and storage name in this page, for as long as anybody holds it.
 * It is not started. It stops by itself a moment after the last holder let go.
 *
 * @example
 * const { engine, release } = acquireEngine({ room, signaling: null })
 * await engine.start()
 * release()
 */
export const acquireEngine = shared.acquire

/** The same engine without holding it, as rendering must: unless somebody acquires it soon, it is dropped. */
export const peekEngine = shared.peek
