/** Space for this origin, in bytes, as far as the browser tells. */
export interface StorageEstimate {
  readonly usage: number
  readonly quota: number
  /** True where the browser promised not to evict what is stored. */
  readonly persisted: boolean
}

const manager = (): StorageManager | undefined =>
  (globalThis as { navigator?: { storage?: StorageManager } }).navigator?.storage

/** Asks the browser never to evict this origin's data. False where it refuses or cannot be asked; never throws. */
export const requestPersistence = async (): Promise<boolean> => {
  try {
    return (await manager()?.persist()) ?? false
  } catch {
    return false
  }
}

/** How full the storage is; undefined where the browser does not say. Never throws. */
export const storageEstimate = async (): Promise<StorageEstimate | undefined> => {
  try {
    const storage = manager()
    if (storage === undefined) return undefined
    const [{ usage, quota }, persisted] = await Promise.all([storage.estimate(), storage.persisted()])
    return usage === undefined || quota === undefined ? undefined : { usage, quota, persisted }
  } catch {
    return undefined
  }
}
