import type { RecordView } from '#model/view'
import type { ReplicaStore } from './replica-store.types.ts'
import type { SyncStatus, SyncStore } from './sync-store.types.ts'

/** The side of the sync store that the engine turns; UIs see `SyncStore` only. */
export interface SyncStoreControl extends SyncStore {
  /** The replica to show from now on; undefined while none is open. */
  attach(replica: ReplicaStore | undefined): void
  /** Something beside the status and the records changed that those who listen may show. */
  touchRecords(): void
  /** Something in the status may have changed: it is read again before the next notice. */
  touchStatus(): void
  /** Calls listeners now if anything is pending, as before a page goes away. */
  flush(): void
}

const NO_RECORDS: readonly RecordView[] = []
const NO_CONFLICTS = [] as const

export interface SyncStoreOptions {
  /** Reads the status afresh; called at most once per notice. */
  readonly readStatus: () => SyncStatus
  /** Runs a callback after the current task's work; one notice for any number of changes. */
  readonly schedule: (run: () => void) => void
  /** Called with each new status, before the listeners. */
  readonly onStatus?: (status: SyncStatus) => void
  /** False while nobody listens to `onStatus`: the status is then read only when somebody asks. Default: always heard. */
  readonly isHeard?: () => boolean
}

/** The one place UIs subscribe to: stable references, one notice per task however much changed. */
export const createSyncStore = ({ readStatus, schedule, onStatus, isHeard }: SyncStoreOptions): SyncStoreControl => {
  const listeners = new Set<() => void>()
  let replica: ReplicaStore | undefined
  let detach = () => {}
  let status = readStatus()
  let written = JSON.stringify(status)
  let pending = false
  let dirty = false
  let stale = false

  const isWatched = () => listeners.size > 0 || (onStatus !== undefined && (isHeard?.() ?? true))

  const notify = () => {
    if (!pending) return
    pending = false
    const changed = refreshStatus()
    if (changed) onStatus?.(status)
    if (!changed && !dirty) return
    dirty = false
    for (const listener of new Set(listeners)) listener()
  }
  const refreshStatus = (): boolean => {
    stale = false
    const next = readStatus()
    const text = JSON.stringify(next)
    if (text === written) return false
    status = next
    written = text
    return true
  }
  const wake = () => {
    if (pending) return
    if (!isWatched()) {
      stale = true
      dirty = false
      return
    }
    pending = true
    schedule(notify)
  }
  const touchRecords = () => {
    dirty = true
    wake()
  }

  return {
    subscribe: (listener) => {
      // What changed before nobody was told of: it is no news to the first who listens.
      if (stale) refreshStatus()
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    getStatus: () => {
      if (stale) refreshStatus()
      return status
    },
    getRecord: (resourceType, id) => replica?.record(resourceType, id),
    getRecords: (resourceType) => replica?.records(resourceType) ?? NO_RECORDS,
    getConflicts: () => replica?.conflicts() ?? NO_CONFLICTS,
    attach: (next) => {
      detach()
      replica = next
      detach = next?.subscribe(touchRecords) ?? (() => {})
      touchRecords()
    },
    touchRecords,
    touchStatus: wake,
    flush: notify,
  }
}
