import type { SyncEngine } from '#engine/types'
import { sameFields } from './same-items.ts'
import { useEngineSelector } from './use-engine-selector.ts'
import { useSyncEngine } from './use-sync-engine.ts'

/** What has not left this device. */
export interface Outbox {
  /** Entries written here that no other device has stored durably yet. */
  readonly count: number
  /** When another device last confirmed everything of ours, ms since 1970; 0 for never. */
  readonly lastSync: number
}

const select = ({ store }: SyncEngine): Outbox => {
  const { outboxCount, lastSync } = store.getStatus()
  return { count: outboxCount, lastSync }
}

/**
 * How much has not left this device.
 *
 * @example
 * const { count } = useOutbox()
 * return <p>{count} not yet on another device</p>
 */
export const useOutbox = (): Outbox => useEngineSelector(useSyncEngine(), select, sameFields)
