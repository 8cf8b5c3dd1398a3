import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { SyncEngineOptions } from '#engine/options'
import type { Explanation, SyncEngine, SyncStatus } from '#engine/types'
import type { Entry, EntryInput } from '#model/entry'
import type { ConflictView, RecordView } from '#model/view'
import { useEngineSelector } from './use-engine-selector.ts'
import { useLease } from './use-lease.ts'
import { useRecordReader } from './use-record-reader.ts'

/** Options of `useOfflineSync`: those of `createSyncEngine`, and when to start. */
export type OfflineSyncOptions = SyncEngineOptions & {
  /** Whether mounting starts the engine; true unless given. */
  readonly autoConnect?: boolean
}

/** Everything a component needs to work offline. */
export interface OfflineSync {
  readonly engine: SyncEngine
  readonly status: SyncStatus
  /** Every conflict that a person should resolve. */
  readonly conflicts: readonly ConflictView[]
  /** Records of a type; the component renders again when a type that it read this way changed. */
  readonly records: (resourceType: string) => readonly RecordView[]
  /** Writes entries; resolves when durable on this device. */
  readonly sync: (entries: readonly EntryInput[]) => Promise<Entry[]>
  /** Starts the engine; resolves when writes are durable on this device. */
  readonly connect: () => Promise<void>
  /** Stops the engine, after what is being written is durable. */
  readonly disconnect: () => Promise<void>
  /** Cause and next step of everything, or of one device. */
  readonly explain: (peerId?: string) => Explanation[]
}

/**
 * One hook for the whole of offline sync.
 *
 * With options, all components that name the same room and storage share one engine: it is made with the first,
 * started unless `autoConnect` is false, and stopped a moment after the last unmounted. A changed `signaling` is
 * handed on; other options count when the engine is made. Without options, the provider's engine is used as it is.
 *
 * @throws FieldmeshError `options-invalid` without options and outside any provider
 * @example
 * const { status, records, sync } = useOfflineSync({ room, signaling: 'wss://signal.example.org' })
 * const add = () => sync([{ resourceType: 'reading', id: 'm-17', action: 'create', data: { kwh: 812 } }])
 * return <button onClick={add}>{records('reading').length} readings, {status.outboxCount} to send</button>
 */
export const useOfflineSync = (options?: OfflineSyncOptions): OfflineSync => {
  const engine = useLease(options, options?.autoConnect ?? true)
  useSignaling(engine, options?.signaling)
  const status = useEngineSelector(engine, (it) => it.store.getStatus())
  const conflicts = useEngineSelector(engine, (it) => it.store.getConflicts())
  const records = useRecordReader(engine)
  const sync = useCallback((entries: readonly EntryInput[]) => engine.sync(entries), [engine])
  const connect = useCallback(() => engine.start(), [engine])
  const disconnect = useCallback(() => engine.stop(), [engine])
  const explain = useCallback((peerId?: string) => engine.explain(peerId), [engine])
  return useMemo(
    () => ({ engine, status, conflicts, records, sync, connect, disconnect, explain }),
    [engine, status, conflicts, records, sync, connect, disconnect, explain],
  )
}

/** Hands on an address that changed; the first one went in with the options. */
const useSignaling = (engine: SyncEngine, signaling: string | null | undefined) => {
  const given = useRef({ engine, signaling })
  useEffect(() => {
    const changed = given.current.engine === engine && given.current.signaling !== signaling
    given.current = { engine, signaling }
    if (changed && signaling !== undefined) engine.setSignaling(signaling)
  }, [engine, signaling])
}
