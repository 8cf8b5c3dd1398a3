import localforage from 'localforage'
import { FieldmeshError } from '#model/fault'
import { type Connection, createConnection } from './connection.ts'

/** Name of the driver; whoever wants it pins it and checks `driver()`, since localForage falls back silently. */
export const STRICT_DRIVER = 'fieldmesh-strict-indexeddb'

/** One step of a batch. `add` refuses a key that is taken, `put` replaces it. */
export type Operation =
  | { readonly is: 'put' | 'add'; readonly key: string; readonly value: unknown }
  | { readonly is: 'delete'; readonly key: string }

export interface PageOptions {
  readonly limit?: number
  readonly after?: boolean
}

/** A localForage instance on this driver: what localForage knows, and what a journal needs beyond it. */
export interface StrictForage extends LocalForage {
  /** All steps in one transaction: all or nothing. Resolves when it is on disk. */
  batch(operations: readonly Operation[]): Promise<void>
  /** Pairs with keys from `from` (left out itself where `after`) up to and including `to`, in key order, at most `limit`. */
  page(from: string, to: string, part?: PageOptions): Promise<[key: string, value: unknown][]>
  /** The largest key from `from` up to and including `to`. */
  lastKey(from: string, to: string): Promise<string | undefined>
  /** Keys from `from` up to and including `to`. */
  count(from: string, to: string): Promise<number>
  shut(): void
}

/** localForage waits for the promise, though its types say void. */
interface Initialized {
  _initStorage(options: LocalForageOptions): Promise<void>
}

type Callback<T> = (error: unknown, value: T) => void

const connections = new WeakMap<object, Connection>()
const failures = new WeakMap<object, unknown>()

const connectionOf = (instance: object): Connection => {
  const connection = connections.get(instance)
  if (connection === undefined) throw new FieldmeshError('storage-missing', 'Its database was never opened.')
  return connection
}

/** Why an instance could not be opened: localForage itself only says that no storage was found. */
export const openFailure = (instance: object): unknown => failures.get(instance)

const call = async <T>(promise: Promise<T>, callback: Callback<T>): Promise<void> => {
  const settled = await Promise.allSettled([promise])
  for (const outcome of settled) {
    if (outcome.status === 'fulfilled') callback(null, outcome.value)
    else callback(outcome.reason, undefined as T)
  }
}

const answer = <T>(promise: Promise<T>, callback?: Callback<T>): Promise<T> => {
  if (callback !== undefined) void call(promise, callback)
  return promise
}

const read = <T>(instance: object, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
  connectionOf(instance).run('readonly', (store) => {
    const request = ask(store)
    return () => request.result
  })

const isSame = (a: unknown, b: unknown): boolean =>
  a instanceof Uint8Array && b instanceof Uint8Array && a.length === b.length && a.every((byte, i) => byte === b[i])

/** On a second attempt the first may have reached the disk after all: then the same bytes are there already. */
const addUnlessThere = (store: IDBObjectStore, key: string, value: unknown): void => {
  const present = store.get(key)
  present.onsuccess = () => {
    if (!isSame(present.result, value)) store.add(value, key)
  }
}

const apply = (store: IDBObjectStore, step: Operation, again: boolean): void => {
  if (step.is === 'delete') store.delete(step.key)
  else if (step.is === 'put') store.put(step.value, step.key)
  else if (again) addUnlessThere(store, step.key, step.value)
  else store.add(step.value, step.key)
}

const write = (instance: object, operations: readonly Operation[]): Promise<void> =>
  connectionOf(instance).run('readwrite', (store, again) => {
    for (const step of operations) apply(store, step, again)
    return () => {}
  })

const pairs = (instance: object, range: IDBKeyRange | null, limit?: number): Promise<[string, unknown][]> =>
  connectionOf(instance).run('readonly', (store) => {
    const keys = store.getAllKeys(range, limit)
    const values = store.getAll(range, limit)
    return () => keys.result.map((key, i) => [key as string, values.result[i]])
  })

const textKey = (key: IDBValidKey | undefined): string | null => (key === undefined ? null : (key as string))

const driver = {
  _driver: STRICT_DRIVER,
  // Decided when opening, so that the refusal names its reason instead of "no available storage".
  _support: true,
  async _initStorage(this: object, options: LocalForageOptions): Promise<void> {
    const { name = '', storeName = 'fieldmesh', version = 1 } = options
    const connection = createConnection({ name, storeName, version })
    connections.set(this, connection)
    try {
      await connection.open()
    } catch (error) {
      failures.set(this, error)
      throw error
    }
  },
  getItem<T>(this: object, key: string, callback?: Callback<T | null>): Promise<T | null> {
    const value = read(this, (store) => store.get(key) as IDBRequest<T | undefined>)
    return answer(
      value.then((found) => found ?? null),
      callback,
    )
  },
  setItem<T>(this: object, key: string, value: T, callback?: Callback<T>): Promise<T> {
    const stored = value === undefined ? null : value
    return answer(
      write(this, [{ is: 'put', key, value: stored }]).then(() => value),
      callback,
    )
  },
  removeItem(this: object, key: string, callback?: Callback<void>): Promise<void> {
    return answer(write(this, [{ is: 'delete', key }]), callback)
  },
  clear(this: object, callback?: Callback<void>): Promise<void> {
    const cleared = connectionOf(this).run('readwrite', (store) => {
      store.clear()
      return () => {}
    })
    return answer(cleared, callback)
  },
  length(this: object, callback?: Callback<number>): Promise<number> {
    return answer(
      read(this, (store) => store.count()),
      callback,
    )
  },
  key(this: object, index: number, callback?: Callback<string>): Promise<string> {
    const keys = read(this, (store) => store.getAllKeys(null, index + 1))
    // localForage's types leave out the null that its documentation promises for an index beyond the end.
    return answer(
      keys.then((found) => textKey(found[index]) as string),
      callback,
    )
  },
  keys(this: object, callback?: Callback<string[]>): Promise<string[]> {
    return answer(
      read(this, (store) => store.getAllKeys()).then((found) => found as string[]),
      callback,
    )
  },
  iterate<T, U>(
    this: object,
    iteratee: (value: T, key: string, iterationNumber: number) => U,
    callback?: Callback<U>,
  ): Promise<U> {
    const visited = pairs(this, null).then((found) => {
      let result: U | undefined
      for (const [i, [key, value]] of found.entries()) {
        result = iteratee(value as T, key, i + 1)
        if (result !== undefined) break
      }
      return result as U
    })
    return answer(visited, callback)
  },
  batch(this: object, operations: readonly Operation[]): Promise<void> {
    return write(this, operations)
  },
  page(this: object, from: string, to: string, part: PageOptions = {}): Promise<[string, unknown][]> {
    return pairs(this, IDBKeyRange.bound(from, to, part.after, false), part.limit)
  },
  async lastKey(this: object, from: string, to: string): Promise<string | undefined> {
    const cursor = await read(this, (store) => store.openKeyCursor(IDBKeyRange.bound(from, to), 'prev'))
    return cursor === null ? undefined : (cursor.key as string)
  },
  count(this: object, from: string, to: string): Promise<number> {
    return read(this, (store) => store.count(IDBKeyRange.bound(from, to)))
  },
  shut(this: object): void {
    connectionOf(this).close()
  },
} satisfies Initialized & Omit<LocalForageDriver, '_initStorage'> & Omit<StrictForage, keyof LocalForage>

let defined: Promise<void> | undefined

/**
 * Makes the driver known to localForage: IndexedDB with `durability: 'strict'`, which localForage's own driver
 * cannot ask for, several writes in one transaction, and one reopening of a lost connection per request.
 * Its methods reject with FieldmeshError `storage-full`, `storage-failed` or `storage-gone`.
 */
export const defineStrictDriver = (): Promise<void> => {
  defined ??= localforage.defineDriver(driver)
  return defined
}
