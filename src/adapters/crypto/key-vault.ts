import { FieldmeshError } from '#model/fault'
import { type Connection, createConnection } from '../storage/connection.ts'
import { errorName } from '../storage/storage-errors.ts'

/** Where the records of keys lie, by the name of their store. */
export interface KeyVault {
  /** undefined where there is none. */
  readonly read: (store: string) => Promise<unknown>
  /** Durable when it resolves. Rejects with `KeyNotStorable` for a key that cannot lie here. */
  readonly write: (store: string, record: unknown) => Promise<void>
  readonly remove: (store: string) => Promise<void>
}

/** The vault works, but not for this kind of key. */
export class KeyNotStorable extends Error {
  override name = 'KeyNotStorable'
}

/** Some browsers make Ed25519 keys, and cannot copy them into a database. */
const isUncloneable = (error: unknown): boolean =>
  error instanceof FieldmeshError && errorName(error.cause) === 'DataCloneError'

/**
 * Keys in IndexedDB, in a database of their own: whoever copies or loses the log does not copy or lose the key. Opened
 * for each use, since a key is looked for once in a start. Rejects with FieldmeshError `storage-missing`,
 * `storage-failed`, `storage-full`.
 */
export const createKeyVault = (name = 'fieldmesh.keys'): KeyVault => {
  const using = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    const connection = createConnection({ name, storeName: 'keys', version: 1 })
    try {
      return await work(connection)
    } finally {
      connection.close()
    }
  }
  const change = (request: (keys: IDBObjectStore) => unknown): Promise<void> =>
    using((connection) =>
      connection.run('readwrite', (keys) => {
        request(keys)
        return () => {}
      }),
    )
  return {
    read: (store) =>
      using((connection) =>
        connection.run('readonly', (keys) => {
          const request: IDBRequest<unknown> = keys.get(store)
          return () => request.result
        }),
      ),
    write: async (store, record) => {
      try {
        await change((keys) => keys.put(record, store))
      } catch (error) {
        throw isUncloneable(error) ? new KeyNotStorable('This key cannot be stored.', { cause: error }) : error
      }
    },
    remove: (store) => change((keys) => keys.delete(store)),
  }
}

/** The one of this page: with it lie the keys that are not kept. */
export const pageVault = createKeyVault()
