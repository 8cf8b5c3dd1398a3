import { useMemo } from 'react'
import type { SyncEngine, SyncStore } from '#engine/types'
import type { RecordView } from '#model/view'
import { useEngineSelector } from './use-engine-selector.ts'

/** Reads all records of a type. */
type RecordReader = (resourceType: string) => readonly RecordView[]

/** Gives the current reader: another one whenever a type that was read has changed. */
const createReaders = (store: SyncStore): (() => RecordReader) => {
  const seen = new Map<string, readonly RecordView[]>()
  const make = (): RecordReader => (resourceType) => {
    const records = store.getRecords(resourceType)
    // The first reading stays until the store speaks: a read in an event handler must not hide a change from the screen.
    if (!seen.has(resourceType)) seen.set(resourceType, records)
    return records
  }
  let reader = make()
  return () => {
    const changed = [...seen].filter(([type, records]) => store.getRecords(type) !== records)
    for (const [type] of changed) seen.set(type, store.getRecords(type))
    if (changed.length > 0) reader = make()
    return reader
  }
}

/**
 * A function that reads records of any type, and a new function whenever a type it read has changed:
 * so the component renders again for the types it shows, and for no others.
 */
export const useRecordReader = (engine: SyncEngine): RecordReader => {
  const current = useMemo(() => createReaders(engine.store), [engine])
  return useEngineSelector(engine, current)
}
