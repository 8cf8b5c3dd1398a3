import type { RecordView } from '#model/view'
import { useEngineSelector } from './use-engine-selector.ts'
import { useSyncEngine } from './use-sync-engine.ts'

/**
 * All records of a type, as `engine.records` lists them, deleted ones included (`alive` is false); the same array
 * until one of them changed.
 *
 * @example
 * const readings = useRecords('reading').filter((record) => record.alive)
 */
export const useRecords = (resourceType: string): readonly RecordView[] =>
  useEngineSelector(useSyncEngine(), (engine) => engine.store.getRecords(resourceType))
