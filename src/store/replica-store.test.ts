import { describe, expect, test, vi } from 'vitest'
import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import { VectorClock } from '#model/vector-clock'
import { decodeBatch, encodeBatch, encodeEntry } from '#wire/entry-codec'
import { batchOf, collect, dotRange, dotsIn, entryOf } from './batches.testing.ts'
import { signedBatch } from './log-trust.testing.ts'
import { createMemoryDisk, createMemoryJournal } from './memory-journal.ts'
import type { Journal } from './journal.ts'
import type { StoreChange } from './replica-store.types.ts'
import { openStore, PEERS, reading, send } from './stores.testing.ts'

/** A journal whose appends wait until they are let go. */
const slowJournal = () => {
  const inner = createMemoryJournal()
  const held: (() => void)[] = []
  const append = vi.fn<Journal['append']>(async (...batches) => {
    await new Promise<void>((resolve) => held.push(resolve))
    return inner.append(...batches)
  })
  return { ...inner, append, held, release: () => held.shift()?.() }
}

describe('writing', () => {
  test('resolves once durable, and nothing is visible before', async () => {
    const journal = slowJournal()
    const store = await openStore(journal)
    const changes: StoreChange[] = []
    store.subscribe((change) => changes.push(change))
    let resolved = false
    const written = store.write([reading('m1', 1)]).finally(() => {
      resolved = true
    })
    await vi.waitFor(() => expect(journal.held).toHaveLength(1))
    expect([resolved, store.size, store.vector().size, changes.length]).toEqual([false, 0, 0, 0])
    expect([store.record('reading', 'm1'), store.pack(new VectorClock())]).toEqual([undefined, undefined])
    journal.release()
    const [entry] = await written
    expect(entry).toMatchObject({ id: 'm1', peerId: PEERS.a, vectorClock: { [PEERS.a]: 1 } })
    expect(store.record('reading', 'm1')?.value).toEqual({ kwh: 1 })
    expect(changes).toEqual([{ origin: 'own', dots: [{ peerId: PEERS.a, seq: 1 }], types: new Set(['reading']) }])
  })

  test('survives reopening', async () => {
    const disk = createMemoryDisk()
    const first = await openStore(createMemoryJournal(disk))
    await first.write([reading('m1', 1), reading('m2', 2)])
    const digest = first.digest()
    await first.close()
    const second = await openStore(createMemoryJournal(disk))
    expect([second.digest(), second.size]).toEqual([digest, 2])
    await second.write([reading('m1', 3)])
    expect(second.record('reading', 'm1')?.value).toEqual({ kwh: 3 })
    expect(second.conflicts()).toEqual([])
  })

  test('writes that wait for the disk are appended as one', async () => {
    const journal = slowJournal()
    const store = await openStore(journal)
    const writes = Array.from({ length: 50 }, (_, i) => store.write([reading(`m${i}`, i)]))
    await vi.waitFor(() => expect(journal.held).toHaveLength(1))
    writes.push(...Array.from({ length: 50 }, (_, i) => store.write([reading('same', i)])))
    journal.release()
    await vi.waitFor(() => expect(journal.held).toHaveLength(1))
    journal.release()
    const entries = (await Promise.all(writes)).flat()
    expect(journal.append.mock.calls.length).toBeLessThanOrEqual(2)
    expect(entries.map((entry) => entry.vectorClock[PEERS.a])).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
    expect(store.record('reading', 'same')).toMatchObject({ value: { kwh: 49 } })
    expect(store.conflicts()).toEqual([])
  })

  test('an invalid write is refused whole and alone', async () => {
    const store = await openStore()
    const bad = { ...reading('bad', 1), data: { when: new Date(0) } } as never
    const results = await Promise.allSettled([
      store.write([reading('m1', 1)]),
      store.write([reading('m2', 2), bad]),
      store.write([reading('m3', 3)]),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[1]).toMatchObject({ reason: { code: 'entry-malformed' } })
    expect(store.records('reading').map(({ id }) => id)).toEqual(['m1', 'm3'])
    expect(store.fault).toBeUndefined()
  })

  test('later changes to what was given are not written', async () => {
    const store = await openStore()
    const form = { kwh: 1 }
    const written = store.write([{ ...reading('m1', 0), data: form }])
    form.kwh = 2
    await written
    expect(store.record('reading', 'm1')?.value).toEqual({ kwh: 1 })
  })

  test('no entries are written without touching the disk', async () => {
    const journal = createMemoryJournal()
    expect(await (await openStore(journal)).write([])).toEqual([])
    expect(journal.disk.segments).toEqual([])
  })

  test('a large write becomes several batches, of which none is too large to be read', async () => {
    const disk = createMemoryDisk()
    const store = await openStore(createMemoryJournal(disk))
    await store.write(Array.from({ length: 5_000 }, (_, i) => reading(`m${i}`, i)))
    expect(disk.segments.length).toBeGreaterThan(2)
    for (const { bytes } of disk.segments) expect(bytes.length).toBeLessThan(LIMITS.batchBytes * 1.1)
    expect((await openStore(createMemoryJournal(disk))).size).toBe(5_000)
  })
})

describe('a disk that refuses', () => {
  test('leaves everything as it was; the next write takes the same place, and the fault is gone', async () => {
    const journal = createMemoryJournal()
    const store = await openStore(journal)
    const faults: unknown[] = []
    store.onFault((fault) => faults.push(fault))
    journal.failNext('full')
    await expect(store.write([reading('m1', 1)])).rejects.toMatchObject({ code: 'storage-full' })
    expect([store.size, store.fault, store.record('reading', 'm1')]).toEqual([0, 'storage-full', undefined])
    const [entry] = await store.write([reading('m2', 2)])
    expect(entry?.vectorClock).toEqual({ [PEERS.a]: 1 })
    expect(faults).toEqual(['storage-full', undefined])
    expect(await dotsIn(journal.readAll())).toEqual(dotRange(PEERS.a, 1, 1))
  })

  test('rejects all writes of the group, each for itself', async () => {
    const journal = createMemoryJournal()
    const store = await openStore(journal)
    journal.failNext('full')
    const results = await Promise.allSettled([store.write([reading('m1', 1)]), store.write([reading('m2', 2)])])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(store.size).toBe(0)
  })

  test('an append that failed but is there after all counts as done', async () => {
    const disk = createMemoryDisk()
    const journal = createMemoryJournal(disk)
    const store = await openStore(journal)
    journal.failNext('failed-after-commit')
    await store.write([reading('m1', 1)])
    await store.write([reading('m2', 2)])
    expect([store.size, store.fault]).toEqual([2, undefined])
    expect(await dotsIn(createMemoryJournal(disk).readAll())).toEqual(dotRange(PEERS.a, 1, 2))
  })

  test('while the journal cannot tell, nothing is written over the doubtful place; it becomes visible first', async () => {
    const journal = createMemoryJournal()
    const store = await openStore(journal)
    const length = vi.spyOn(journal, 'length').mockRejectedValue(new FieldmeshError('storage-failed'))
    journal.failNext('failed-after-commit')
    await expect(store.write([reading('m1', 1)])).rejects.toMatchObject({ code: 'storage-failed' })
    await expect(store.write([reading('m2', 2)])).rejects.toMatchObject({ code: 'storage-failed' })
    expect([store.size, store.fault]).toEqual([0, 'storage-failed'])
    length.mockRestore()
    const [entry] = await store.write([reading('m3', 3)])
    expect(entry?.vectorClock).toEqual({ [PEERS.a]: 2 })
    expect(store.records('reading').map(({ id }) => id)).toEqual(['m1', 'm3'])
    expect(await dotsIn(journal.readAll())).toEqual(dotRange(PEERS.a, 1, 2))
  })

  test('a doubtful append is recognized even where compaction has merged it with others meanwhile', async () => {
    const journal = createMemoryJournal()
    const store = await openStore(journal)
    await store.write([reading('m1', 1)])
    const length = vi.spyOn(journal, 'length').mockRejectedValue(new FieldmeshError('storage-failed'))
    journal.failNext('failed-after-commit')
    await expect(store.write([reading('m2', 2)])).rejects.toMatchObject({ code: 'storage-failed' })
    await journal.compact()
    length.mockRestore()
    await store.write([reading('m3', 3)])
    expect(store.records('reading').map(({ id }) => id)).toEqual(['m1', 'm2', 'm3'])
  })

  test('a second writer of the same log is noticed before the log forks', async () => {
    const disk = createMemoryDisk()
    const journal = createMemoryJournal(disk)
    const store = await openStore(journal)
    journal.failNext('failed')
    disk.segments.push({ position: 0, bytes: batchOf(entryOf(PEERS.a, 1)) })
    await expect(store.write([reading('m1', 1)])).rejects.toMatchObject({ code: 'storage-failed' })
    await expect(store.write([reading('m2', 2)])).rejects.toMatchObject({ code: 'storage-failed' })
    expect(disk.segments).toHaveLength(1)
  })

  test('foreign errors of a journal become storage faults', async () => {
    const journal = createMemoryJournal()
    const store = await openStore(journal)
    vi.spyOn(journal, 'append').mockRejectedValueOnce(new TypeError('boom'))
    await expect(store.write([reading('m1', 1)])).rejects.toMatchObject({
      name: 'FieldmeshError',
      code: 'storage-failed',
    })
  })
})

describe('taking entries in', () => {
  test('resolves once durable: what is acknowledged is on disk', async () => {
    const journal = slowJournal()
    const store = await openStore(journal)
    const taken = store.ingest(await signedBatch([entryOf(PEERS.b, 1)]), PEERS.c)
    await vi.waitFor(() => expect(journal.held).toHaveLength(1))
    expect([store.size, store.vector().get(PEERS.b)]).toEqual([0, 0])
    journal.release()
    expect(await taken).toMatchObject({ applied: 1, duplicate: 0, waiting: 0, refused: [] })
    expect(store.vector().get(PEERS.b)).toBe(1)
  })

  test('tells listeners from whom entries came', async () => {
    const store = await openStore()
    const changes: StoreChange[] = []
    store.subscribe((change) => changes.push(change))
    await store.ingest(await signedBatch([entryOf(PEERS.b, 1)]), PEERS.c)
    await store.ingest(await signedBatch([entryOf(PEERS.b, 1)]), PEERS.c)
    const dots = [{ peerId: PEERS.b, seq: 1 }]
    expect(changes).toEqual([{ origin: 'remote', from: PEERS.c, dots, types: new Set(['reading']) }])
  })

  test('hostile bytes are refused and counted, nothing is thrown', async () => {
    const store = await openStore()
    const good = await signedBatch([entryOf(PEERS.b, 1)])
    for (const bytes of [new Uint8Array(), new Uint8Array(99), good.slice(0, -1), good.map((byte) => byte ^ 1)]) {
      expect(await store.ingest(bytes, PEERS.b)).toMatchObject({ applied: 0, refused: [expect.any(String)] })
    }
    const read = decodeBatch(good)
    const proofs = read.ok ? read.proofs.map((proof) => ({ ...proof, at: 0 })) : []
    const mixed = encodeBatch([encodeEntry(entryOf(PEERS.b, 1)), new Uint8Array(100).fill(123)], proofs)
    expect(await store.ingest(mixed, PEERS.b)).toMatchObject({ applied: 1, refused: ['entry-malformed'] })
    expect(store.fault).toBeUndefined()
  })

  test('entries that wait are not on disk; once unlocked they are, with their exact bytes', async () => {
    const journal = createMemoryJournal()
    const store = await openStore(journal)
    const seen = entryOf(PEERS.c, 1)
    const answer = { ...seen, peerId: PEERS.b, vectorClock: { [PEERS.b]: 1, [PEERS.c]: 1 } }
    const next = entryOf(PEERS.b, 2)
    expect(await store.ingest(await signedBatch([answer, next]), PEERS.b)).toMatchObject({ applied: 0, waiting: 2 })
    expect([store.waiting, journal.disk.segments.length]).toEqual([2, 0])
    expect(await store.ingest(await signedBatch([answer, seen]), PEERS.b)).toMatchObject({ applied: 3, duplicate: 1 })
    expect([store.waiting, store.size]).toEqual([0, 3])
    const [segment] = await collect(journal.readAll())
    expect(segment).toEqual(await signedBatch([seen, answer, next]))
    const other = await openStore(undefined, PEERS.d)
    await send(store, other)
    expect(other.digest()).toBe(store.digest())
  })

  test('a disk that refuses takes nothing, and the same entries can be sent again', async () => {
    const journal = createMemoryJournal()
    const store = await openStore(journal)
    journal.failNext('full')
    await expect(store.ingest(await signedBatch([entryOf(PEERS.b, 1)]), PEERS.b)).rejects.toMatchObject({
      code: 'storage-full',
    })
    expect([store.size, store.fault]).toEqual([0, 'storage-full'])
    expect(await store.ingest(await signedBatch([entryOf(PEERS.b, 1)]), PEERS.b)).toMatchObject({ applied: 1 })
    expect(store.fault).toBeUndefined()
  })

  test('a fork freezes its author, and both versions survive reopening', async () => {
    const disk = createMemoryDisk()
    const store = await openStore(createMemoryJournal(disk))
    await store.ingest(await signedBatch([entryOf(PEERS.b, 1, { n: 1 })]), PEERS.b)
    const refused = await store.ingest(await signedBatch([entryOf(PEERS.b, 1, { n: 2 }), entryOf(PEERS.b, 2)]), PEERS.b)
    expect(refused).toMatchObject({ applied: 0, refused: ['author-forked', 'author-forked'] })
    expect(store.forked).toEqual([PEERS.b])
    const again = await openStore(createMemoryJournal(disk))
    expect([again.forked, again.fault, again.size]).toEqual([[PEERS.b], undefined, 1])
  })

  test('a listener that throws is reported, and disturbs neither the write nor the other listeners', async () => {
    const store = await openStore()
    const reported: unknown[] = []
    const report = (error: unknown) => reported.push(error)
    const before = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException').on('uncaughtException', report)
    const bug = new Error('a bug of the application')
    store.subscribe(() => {
      throw bug
    })
    const heard: unknown[] = []
    store.subscribe((change) => heard.push(change))
    await store.write([reading('m1', 1)])
    await vi.waitFor(() => expect(reported).toEqual([bug]))
    expect(heard).toHaveLength(1)
    process.removeAllListeners('uncaughtException')
    for (const listener of before) process.on('uncaughtException', listener)
  })
})

describe('packing', () => {
  test('sends all and only what is lacking, in causal order, in batches within the limits', async () => {
    const [a, b, c] = [await openStore(), await openStore(undefined, PEERS.b), await openStore(undefined, PEERS.c)]
    await a.write(Array.from({ length: 3_000 }, (_, i) => reading(`m${i}`, i)))
    await send(a, b)
    await b.write(Array.from({ length: 500 }, (_, i) => reading(`m${i}`, -i)))
    await send(b, a)
    const first = a.pack(c.vector())
    expect(first?.entries).toBeLessThanOrEqual(LIMITS.batchEntries)
    expect(first?.bytes.length).toBeLessThanOrEqual(LIMITS.batchBytes * 1.05)
    expect(await send(a, c)).toBeGreaterThan(1)
    expect([c.digest(), c.waiting, c.size]).toEqual([a.digest(), 0, 3_500])
    expect(c.conflicts()).toEqual([])
    expect(a.pack(c.vector())).toBeUndefined()
  })

  test('says up to where the batch brings the other', async () => {
    const store = await openStore()
    await store.write([reading('m1', 1), reading('m2', 2)])
    const other = VectorClock.fromJSON({ [PEERS.a]: 1, stranger: 9 })
    const packed = store.pack(other)
    expect(packed?.upTo.toJSON()).toEqual({ [PEERS.a]: 2, stranger: 9 })
    expect(packed?.entries).toBe(1)
    expect(other.toJSON()).toEqual({ [PEERS.a]: 1, stranger: 9 })
  })

  test('holds one entry at least, however large', async () => {
    const store = await openStore()
    const text = 'x'.repeat(LIMITS.batchBytes * 2)
    await store.write([1, 2].map((n) => ({ ...reading(`m${n}`, n), data: { text } })))
    const packed = store.pack(new VectorClock())
    expect(packed?.entries).toBe(1)
    expect(decodeBatch(packed?.bytes ?? new Uint8Array())).toMatchObject({ ok: true, items: [{}] })
  })
})

describe('closing', () => {
  test('waits for what is under way, then refuses everything', async () => {
    const journal = slowJournal()
    const store = await openStore(journal)
    const written = store.write([reading('m1', 1)])
    const closed = store.close()
    await vi.waitFor(() => expect(journal.held).toHaveLength(1))
    journal.release()
    await expect(written).resolves.toHaveLength(1)
    await closed
    await expect(store.write([reading('m2', 2)])).rejects.toMatchObject({ code: 'engine-stopped' })
    await expect(store.ingest(await signedBatch([entryOf(PEERS.b, 1)]), PEERS.b)).rejects.toMatchObject({
      code: 'engine-stopped',
    })
    await store.close()
    await expect(journal.length()).rejects.toMatchObject({ code: 'storage-failed' })
  })
})
