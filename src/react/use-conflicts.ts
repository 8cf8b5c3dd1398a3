import type { ConflictView } from '#model/view'
import { useEngineSelector } from './use-engine-selector.ts'
import { useSyncEngine } from './use-sync-engine.ts'

/**
 * Every conflict that a person should resolve. Resolving is writing the field again: `engine.put`.
 *
 * @example
 * const open = useConflicts().length
 */
export const useConflicts = (): readonly ConflictView[] =>
  useEngineSelector(useSyncEngine(), (engine) => engine.store.getConflicts())
