/** Texts on disk, in order; durable as strictly as the engine's journal. */
export interface BareStore {
  add(text: string): void
  /** Resolves when everything added is durable. */
  flushed(): Promise<void>
}

const done = (request: IDBRequest): Promise<void> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'))
  })

/** Whatever came while one transaction was written goes into the next one. */
export const openBareStore = async (name: string): Promise<BareStore> => {
  const request = indexedDB.open(`bare-${name}`, 1)
  request.onupgradeneeded = () => void request.result.createObjectStore('texts', { autoIncrement: true })
  await done(request)
  const database = request.result
  let queued: string[] = []
  let writing: Promise<void> | undefined

  const write = async (): Promise<void> => {
    while (queued.length > 0) {
      const texts = queued
      queued = []
      const transaction = database.transaction('texts', 'readwrite', { durability: 'strict' })
      transaction.objectStore('texts').add(texts)
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve
        transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'))
      })
    }
    writing = undefined
  }
  return {
    add: (text) => {
      queued.push(text)
      writing ??= write()
    },
    flushed: async () => writing,
  }
}
