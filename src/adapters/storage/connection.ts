import { FieldmeshError } from '#model/fault'
import { type DatabaseAddress, openDatabase } from './open-database.ts'
import { isLostConnection, toStorageError } from './storage-errors.ts'

/** Asks a store for something, in one transaction; the returned function reads the answers once it has completed. */
export type Request<T> = (store: IDBObjectStore, again: boolean) => () => T

/** One connection to one store, which heals itself once per request. */
export interface Connection {
  open(): Promise<void>
  /** Resolves after the transaction has completed, strict: on disk. `again`: second attempt, the first may have worked. */
  run<T>(mode: 'readonly' | 'readwrite', request: Request<T>): Promise<T>
  close(): void
}

const transact = <T>(
  db: IDBDatabase,
  storeName: string,
  mode: 'readonly' | 'readwrite',
  request: (store: IDBObjectStore) => () => T,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const transaction = db.transaction(storeName, mode, { durability: 'strict' })
    transaction.onabort = () =>
      reject(transaction.error ?? new DOMException('The transaction was aborted.', 'AbortError'))
    try {
      const answer = request(transaction.objectStore(storeName))
      transaction.oncomplete = () => resolve(answer())
    } catch (error) {
      reject(error)
      transaction.abort()
    }
  })

/**
 * A connection that is opened anew, once per request, when it turns out to be dead. A database that was deleted
 * meanwhile fails every later request with `storage-gone`.
 */
export const createConnection = (at: DatabaseAddress): Connection => {
  let db: IDBDatabase | undefined
  let opening: Promise<IDBDatabase> | undefined
  let known = false
  let end: FieldmeshError | undefined

  const discard = (dead: IDBDatabase): void => {
    if (db === dead) db = undefined
    dead.close()
  }
  const adopt = (fresh: IDBDatabase): IDBDatabase => {
    fresh.onversionchange = () => discard(fresh)
    fresh.onclose = () => discard(fresh)
    if (end !== undefined) {
      fresh.close()
      throw end
    }
    known = true
    db = fresh
    return fresh
  }
  const giveUp = (error: unknown): never => {
    if (error instanceof FieldmeshError && error.code === 'storage-gone') end = error
    throw error
  }
  const acquire = async (): Promise<IDBDatabase> => {
    if (end !== undefined) throw end
    if (db !== undefined) return db
    opening ??= openDatabase(at, !known)
      .then(adopt, giveUp)
      .finally(() => {
        opening = undefined
      })
    return opening
  }
  const attempt = async <T>(mode: 'readonly' | 'readwrite', request: Request<T>, again: boolean): Promise<T> => {
    const used = await acquire()
    try {
      return await transact(used, at.storeName, mode, (store) => request(store, again))
    } catch (error) {
      if (isLostConnection(error)) discard(used)
      throw error
    }
  }
  return {
    open: async () => {
      await acquire()
    },
    run: async (mode, request) => {
      try {
        return await attempt(mode, request, false).catch((error: unknown) => {
          if (error instanceof FieldmeshError || !isLostConnection(error)) throw error
          return attempt(mode, request, true)
        })
      } catch (error) {
        throw toStorageError(error)
      }
    },
    close: () => {
      end ??= new FieldmeshError('storage-failed', 'It is closed.')
      if (db !== undefined) discard(db)
    },
  }
}
