import type { RecordView } from '#model/view'
import { useEngineSelector } from './use-engine-selector.ts'
import { useSyncEngine } from './use-sync-engine.ts'

/**
 * One record; undefined while there is none.
 *
 * @example
 * const meter = useRecord('reading', 'm-17')
 * return <output>{String(meter?.value['kwh'] ?? '')}</output>
 */
export const useRecord = (resourceType: string, id: string): RecordView | undefined =>
  useEngineSelector(useSyncEngine(), (engine) => engine.store.getRecord(resourceType, id))
