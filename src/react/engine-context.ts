import { createContext } from 'react'
import type { SyncEngine } from '#engine/types'

/** The engine that the hooks below a provider speak to. */
export const EngineContext = createContext<SyncEngine | undefined>(undefined)
