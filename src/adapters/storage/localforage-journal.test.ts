import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { toFieldmeshError } from '#model/fault'
import { dotRange, dotsIn, single } from '#store/batches.testing'
import { openStore, PEERS, reading, send } from '#store/stores.testing'
import { startTransaction } from './idb-methods.testing.ts'
import { openLocalforageJournal } from './localforage-journal.ts'

let logs = 0
const freshName = (): string => `log-${++logs}`

test('many small segments are merged when the journal is opened', async () => {
  const name = freshName()
  const journal = await openLocalforageJournal(name)
  for (let seq = 1; seq <= 256; seq++) await journal.append(single(seq))
  await journal.close()
  const again = await openLocalforageJournal(name)
  let segments = 0
  for await (const _ of again.readAll()) segments++
  expect(segments).toBe(1)
  expect(await dotsIn(again.readAll())).toEqual(dotRange('a', 1, 256))
  await again.close()
})

test('two writers of one log cannot overwrite each other', async () => {
  const name = freshName()
  const one = await openLocalforageJournal(name)
  const two = await openLocalforageJournal(name)
  await one.append(single(1))
  await two.append(single(2))
  await expect(one.append(single(3))).rejects.toMatchObject({ code: 'storage-failed' })
  expect(await dotsIn(one.readAll())).toEqual(['a:1', 'a:2'])
  await one.append(single(4))
  expect(await dotsIn(two.readAll())).toEqual(['a:1', 'a:2', 'a:4'])
  await Promise.all([one.close(), two.close()])
})

test('without IndexedDB opening says so', async () => {
  vi.stubGlobal('indexedDB', undefined)
  await expect(openLocalforageJournal(freshName())).rejects.toMatchObject({ code: 'storage-missing' })
  vi.unstubAllGlobals()
})

test('where the browser refuses to open a database, opening says so', async () => {
  const refused = new DOMException('The user denied permission to access the database.', 'SecurityError')
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw refused
  })
  await expect(openLocalforageJournal(freshName())).rejects.toMatchObject({ code: 'storage-missing', cause: refused })
  vi.restoreAllMocks()
})

test('a compaction that breaks at any transaction leaves the content whole', async () => {
  for (let failing = 0; failing < 6; failing++) {
    const name = freshName()
    const journal = await openLocalforageJournal(name)
    for (let seq = 1; seq <= 80; seq++) await journal.append(single(seq))
    let transactions = 0
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
      if (transactions++ === failing) throw new DOMException('The disk broke.', 'UnknownError')
      return startTransaction.apply(this, args)
    })
    const broke = await journal.compact().catch(toFieldmeshError)
    vi.restoreAllMocks()
    expect(broke?.code).toBe(transactions > failing ? 'storage-failed' : undefined)
    expect(await dotsIn(journal.readAll())).toEqual(dotRange('a', 1, 80))
    await journal.close()
  }
})

test('a replica store on it survives reopening and compaction', async () => {
  const name = freshName()
  const first = await openStore(await openLocalforageJournal(name))
  const other = await openStore(undefined, PEERS.b)
  for (let i = 0; i < 20; i++) await first.write([reading(`m${i}`, i), reading('shared', i)])
  await send(first, other)
  await other.write([reading('shared', -1)])
  await send(other, first)
  const digest = first.digest()
  await first.close()
  const journal = await openLocalforageJournal(name)
  await journal.compact()
  const second = await openStore(journal)
  expect([second.digest(), second.size, second.fault, second.waiting]).toEqual([digest, 41, undefined, 0])
  expect(second.records('reading')).toEqual(other.records('reading'))
  await second.close()
})
