type Transaction = (this: IDBDatabase, ...args: Parameters<IDBDatabase['transaction']>) => IDBTransaction
type Add = (this: IDBObjectStore, ...args: Parameters<IDBObjectStore['add']>) => IDBRequest<IDBValidKey>

const methodOf = (prototype: object, name: string): unknown => Object.getOwnPropertyDescriptor(prototype, name)?.value

/** The database's own methods, for tests that put something in their place and still need them. */
export const startTransaction = methodOf(IDBDatabase.prototype, 'transaction') as Transaction
export const addToStore = methodOf(IDBObjectStore.prototype, 'add') as Add
