import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Journal } from '#store/journal'
import { dotRange, dotsIn, entryOf, batchOf, single } from '#store/batches.testing'
import { addToStore, startTransaction } from './idb-methods.testing.ts'
import { openLocalforageJournal } from './localforage-journal.ts'
import { storageEstimate } from './storage-manager.ts'

type Start = typeof startTransaction

/** Puts something between our code and the next transactions. */
const onTransaction = (replacement: Start) =>
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(replacement)
const onNextTransaction = (replacement: Start) =>
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(replacement)

afterEach(() => {
  vi.restoreAllMocks()
})

const openWith = async (count: number): Promise<{ name: string; journal: Journal }> => {
  const name = crypto.randomUUID()
  const journal = await openLocalforageJournal(name)
  for (let seq = 1; seq <= count; seq++) await journal.append(single(seq))
  return { name, journal }
}

describe('durability', () => {
  test('every write asks for strict durability', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    const { journal } = await openWith(3)
    await journal.setMeta('x', 1)
    await journal.deleteMeta('x')
    await journal.compact()
    const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite')
    expect(writes.length).toBeGreaterThanOrEqual(6)
    for (const [, , options] of writes) expect(options).toEqual({ durability: 'strict' })
    for (const result of transaction.mock.results) expect((result.value as IDBTransaction).durability).toBe('strict')
    await journal.close()
  })

  test('an append resolves after its transaction has completed, not before', async () => {
    const { journal } = await openWith(0)
    await journal.length()
    const order: string[] = []
    onTransaction(function (...args) {
      const transaction = startTransaction.apply(this, args)
      transaction.addEventListener('complete', () => order.push('complete'))
      transaction.addEventListener('success', () => order.push('success'), { capture: true })
      return transaction
    })
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...args) {
      const request = addToStore.apply(this, args)
      request.addEventListener('success', () => order.push('stored'))
      return request
    })
    await journal.append(single(1)).then(() => order.push('resolved'))
    expect(order.filter((what) => what !== 'success')).toEqual(['stored', 'complete', 'resolved'])
    await journal.close()
  })

  test('several batches of one append are in one transaction', async () => {
    const { journal } = await openWith(1)
    let count = 0
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (++count === 3) throw new DOMException('No more room.', 'QuotaExceededError')
      return addToStore.apply(this, args)
    })
    await expect(journal.append(single(2), single(3), single(4))).rejects.toMatchObject({ code: 'storage-full' })
    expect(await dotsIn(journal.readAll())).toEqual(['a:1'])
    await journal.close()
  })
})

describe('a lost connection', () => {
  test('a closed database is opened anew', async () => {
    const { journal } = await openWith(1)
    onNextTransaction(function (...args) {
      this.close()
      return startTransaction.apply(this, args)
    })
    await journal.append(single(2))
    expect(await dotsIn(journal.readAll())).toEqual(['a:1', 'a:2'])
    await journal.close()
  })

  test('so is one whose server went away, as on iOS', async () => {
    const { journal } = await openWith(1)
    onNextTransaction(() => {
      throw new DOMException(
        'Connection to Indexed Database server lost. Refresh the page to try again',
        'UnknownError',
      )
    })
    expect(await dotsIn(journal.readAll())).toEqual(['a:1'])
    await journal.close()
  })

  test('a write that was cut off is made again', async () => {
    const { journal } = await openWith(1)
    onNextTransaction(function (...args) {
      const transaction = startTransaction.apply(this, args)
      queueMicrotask(() => transaction.abort())
      return transaction
    })
    await journal.append(single(2))
    expect(await dotsIn(journal.readAll())).toEqual(['a:1', 'a:2'])
    await journal.close()
  })

  test('a write whose answer was lost is not made twice', async () => {
    const { journal } = await openWith(1)
    onNextTransaction(function (...args) {
      const transaction = startTransaction.apply(this, args)
      transaction.addEventListener('complete', (event) => {
        event.stopImmediatePropagation()
        transaction.onabort?.(new Event('abort'))
      })
      return transaction
    })
    await journal.append(single(2), single(3))
    expect(await dotsIn(journal.readAll())).toEqual(dotRange('a', 1, 3))
    expect(await journal.length()).toBe(3)
    await journal.close()
  })

  test('one that stays lost is a fault, and the next request tries again', async () => {
    const { journal } = await openWith(1)
    onTransaction(() => {
      throw new DOMException('The database connection is closing.', 'InvalidStateError')
    })
    await expect(journal.append(single(2))).rejects.toMatchObject({ code: 'storage-failed' })
    vi.restoreAllMocks()
    await journal.append(single(2))
    expect(await dotsIn(journal.readAll())).toEqual(['a:1', 'a:2'])
    await journal.close()
  })

  test('a database deleted under us is not made anew: every later call says that it is gone', async () => {
    const { name, journal } = await openWith(2)
    await new Promise((resolve, reject) => {
      const deleting = indexedDB.deleteDatabase(name)
      deleting.onsuccess = resolve
      deleting.onerror = reject
    })
    await expect(journal.append(single(3))).rejects.toMatchObject({ code: 'storage-gone' })
    await expect(journal.length()).rejects.toMatchObject({ code: 'storage-gone' })
    expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name)
    await journal.close()
    const fresh = await openLocalforageJournal(name)
    expect(await fresh.length()).toBe(0)
    await fresh.close()
  })

  test('a newer version of the app may upgrade the database: the older one stops, and says so', async () => {
    const { name, journal } = await openWith(1)
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name, 2)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = reject
    })
    await expect(journal.append(single(2))).rejects.toMatchObject({ code: 'storage-failed' })
    newer.close()
    await journal.close()
  })
})

describe('a full disk', () => {
  test('a put that the browser refuses is storage-full, and a later write works', async () => {
    const { journal } = await openWith(1)
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(() => {
      throw new DOMException('No more room.', 'QuotaExceededError')
    })
    await expect(journal.append(single(2))).rejects.toMatchObject({ code: 'storage-full' })
    await journal.append(single(2))
    expect(await dotsIn(journal.readAll())).toEqual(['a:1', 'a:2'])
    await journal.close()
  })

  test('with a real quota: nothing of the refused append is there, and what fits is written', async () => {
    const bucketName = crypto.randomUUID()
    const bucket = await storageBuckets.open(bucketName, { quota: 4_000_000 })
    vi.stubGlobal('indexedDB', bucket.indexedDB)
    const { journal } = await openWith(1)
    const large = Array.from({ length: 8 }, (_, i) => batchOf(entryOf('a', i + 3, { text: 'x'.repeat(900_000) })))
    await expect(journal.append(single(2), ...large)).rejects.toMatchObject({ code: 'storage-full' })
    await journal.append(single(2))
    expect(await dotsIn(journal.readAll())).toEqual(['a:1', 'a:2'])
    await journal.close()
    vi.unstubAllGlobals()
    await storageBuckets.delete(bucketName)
  })
})

/** Storage with a quota of its own (Storage Buckets API), as TypeScript does not know it yet. */
interface StorageBuckets {
  open(name: string, options: { quota: number }): Promise<{ readonly indexedDB: IDBFactory }>
  delete(name: string): Promise<void>
}
const { storageBuckets } = navigator as Navigator & { readonly storageBuckets: StorageBuckets }

describe('compaction', () => {
  test.each([0, 1, 2, 3, 4, 5, 7, 9])('killed at transaction %i, it leaves the content whole', async (kill) => {
    const { name, journal } = await openWith(0)
    // Three runs of small segments, kept apart by large ones, so that compaction takes several transactions.
    const large = (seq: number) => batchOf(entryOf('b', seq, { text: 'x'.repeat(200_000) }))
    for (let seq = 1; seq <= 60; seq++) await journal.append(single(seq), ...(seq % 20 === 0 ? [large(seq / 20)] : []))
    const before = await dotsIn(journal.readAll())
    await journal.close()
    const worker = new Worker(new URL('./compacting-worker.testing.ts', import.meta.url), { type: 'module' })
    await new Promise<void>((resolve, reject) => {
      let transactions = 0
      worker.onerror = reject
      worker.onmessage = ({ data }) => {
        if (data === 'done' || transactions++ === kill) resolve()
      }
      worker.postMessage(name)
    })
    worker.terminate()
    const again = await openLocalforageJournal(name)
    expect(await dotsIn(again.readAll())).toEqual(before)
    expect(await again.length()).toBe(63)
    await again.compact()
    expect(await dotsIn(again.readAll())).toEqual(before)
    await again.close()
  })
})

test('space is told, where the browser tells it', async () => {
  expect(await storageEstimate()).toEqual({
    usage: expect.any(Number),
    quota: expect.any(Number),
    persisted: expect.any(Boolean),
  })
})

test('two opened logs of one name see the same entries', async () => {
  const { name, journal } = await openWith(2)
  const other = await openLocalforageJournal(name)
  expect(await dotsIn(other.readAll())).toEqual(['a:1', 'a:2'])
  await other.append(single(3))
  expect(await dotsIn(journal.readAll())).toEqual(['a:1', 'a:2', 'a:3'])
  await expect(journal.append(single(4))).rejects.toMatchObject({ code: 'storage-failed' })
  expect(await dotsIn(other.readAll())).toEqual(['a:1', 'a:2', 'a:3'])
  await Promise.all([journal.close(), other.close()])
})
