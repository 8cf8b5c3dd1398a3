import { vi } from 'vitest'
import type { Explanation, SyncEngine, SyncStatus } from '#engine/types'
import type { Entry, EntryInput, Json } from '#model/entry'
import type { ConflictView, RecordView } from '#model/view'

/** A SyncEngine of arrays, for the floors above: stable snapshots as the real store gives them, changed by hand. */
export const createFakeEngine = (secret = 'secret') => {
  let status: SyncStatus = {
    mode: 'idle',
    peers: [],
    outboxCount: 0,
    lastSync: 0,
    signalingConnected: false,
    phase: 'idle',
  }
  let conflicts: readonly ConflictView[] = []
  let explanations: Explanation[] = []
  let seq = 0
  const none: readonly RecordView[] = []
  const byType = new Map<string, readonly RecordView[]>()
  const listeners = new Set<() => void>()

  const tell = () => {
    for (const listener of listeners) listener()
  }
  const setStatus = (change: Partial<SyncStatus>) => {
    status = { ...status, ...change }
    tell()
  }
  const write = ({ resourceType, id, action, data }: EntryInput): Entry => {
    seq += 1
    const dot = { peerId: 'me', seq }
    const before = byType.get(resourceType) ?? none
    const value = { ...before.find((it) => it.id === id)?.value, ...data }
    const fields = Object.fromEntries(Object.entries(value).map(([key, it]) => [key, { value: it, dot }]))
    const record: RecordView = { resourceType, id, alive: true, fields, value }
    byType.set(resourceType, [...before.filter((it) => it.id !== id), ...(action === 'delete' ? [] : [record])])
    return { id, resourceType, action, data, timestamp: seq, peerId: 'me', vectorClock: { me: seq } }
  }
  const sync = async (entries: readonly EntryInput[]): Promise<Entry[]> => {
    const written = entries.map(write)
    tell()
    return written
  }
  const one = async (input: EntryInput): Promise<Entry> => {
    const [entry] = await sync([input])
    if (!entry) throw new Error('nothing was written')
    return entry
  }
  const start = vi.fn<() => Promise<void>>(async () => setStatus({ phase: 'running' }))
  const stop = vi.fn<() => Promise<void>>(async () => setStatus({ phase: 'idle' }))
  const setSignaling = vi.fn<(url: string | null) => void>()
  const getRecord = (type: string, id: string) => byType.get(type)?.find((it) => it.id === id)

  const parts: Partial<SyncEngine> = {
    peerId: 'me',
    room: { id: 'room', secret },
    store: {
      subscribe: (listener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      getStatus: () => status,
      getRecord,
      getRecords: (type) => byType.get(type) ?? none,
      getConflicts: () => conflicts,
    },
    start,
    stop,
    setSignaling,
    sync,
    put: (resourceType: string, id: string, data: Readonly<Record<string, Json>>) =>
      one({ resourceType, id, action: 'update', data }),
    remove: (resourceType, id) => one({ resourceType, id, action: 'delete', data: {} }),
    record: getRecord,
    explain: () => explanations.map((it) => ({ ...it })),
  }
  return {
    engine: parts as SyncEngine,
    start,
    stop,
    setSignaling,
    setStatus,
    setConflicts: (next: readonly ConflictView[]) => {
      conflicts = next
      tell()
    },
    setExplanations: (next: Explanation[]) => {
      explanations = next
      tell()
    },
    listeners: () => listeners.size,
  }
}
