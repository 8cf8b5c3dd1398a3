import { FieldmeshError } from '#model/fault'
import { toOpenError } from './storage-errors.ts'

/** Where a store lives: a database with one object store, keys out of line. */
export interface DatabaseAddress {
  readonly name: string
  readonly storeName: string
  readonly version: number
}

const factory = (): IDBFactory => {
  const { indexedDB } = globalThis as { indexedDB?: IDBFactory }
  if (indexedDB === undefined) throw new FieldmeshError('storage-missing', 'It has no IndexedDB.')
  return indexedDB
}

/**
 * Opens the database, created where `mayCreate`. Without it an absent database is the sign that it was deleted under
 * us: it is not made anew, since a log that starts again empty below a full memory would lose entries silently.
 * @throws FieldmeshError `storage-missing`, `storage-failed`, `storage-full` or `storage-gone`.
 */
export const openDatabase = (at: DatabaseAddress, mayCreate: boolean): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = factory().open(at.name, at.version)
    let gone = false
    request.onupgradeneeded = (event) => {
      gone = event.oldVersion === 0 && !mayCreate
      if (gone) request.transaction?.abort()
      else request.result.createObjectStore(at.storeName)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(gone ? new FieldmeshError('storage-gone') : toOpenError(request.error))
  }).catch((error: unknown) => Promise.reject(toOpenError(error))) as Promise<IDBDatabase>
