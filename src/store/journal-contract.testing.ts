import { describe, expect, test } from 'vitest'
import { collect, dotRange, dotsIn, single } from './batches.testing.ts'
import type { Journal } from './journal.ts'

/** Opens the same log each time it is called. */
export type Reopen = () => Promise<Journal>

const appendSingles = async (journal: Journal, from: number, to: number): Promise<void> => {
  for (let seq = from; seq <= to; seq++) await journal.append(single(seq))
}

/** What every journal guarantees; `createLog` gives a new, empty log. */
export const journalContract = (name: string, createLog: () => Reopen): void => {
  describe(`${name} keeps the contract of a journal`, () => {
    test('batches come back in order after reopening', async () => {
      const reopen = createLog()
      const first = await reopen()
      await first.append(single(1))
      await first.append(single(2), single(3))
      await first.close()
      const second = await reopen()
      expect(await dotsIn(second.readAll())).toEqual(dotRange('a', 1, 3))
      expect(await second.length()).toBe(3)
      await second.append(single(4))
      expect(await dotsIn(second.readAll())).toEqual(dotRange('a', 1, 4))
      await second.close()
    })

    test('bytes come back exactly as they were given, and later changes to the array do not reach them', async () => {
      const journal = await createLog()()
      const roomy = new Uint8Array(4_096)
      const bytes = roomy.subarray(100, 100 + single(1).length)
      bytes.set(single(1))
      await journal.append(bytes)
      bytes.fill(0)
      const [stored] = await collect(journal.readAll())
      expect(stored).toEqual(single(1))
      expect(stored?.buffer.byteLength).toBe(stored?.length)
      await journal.close()
    })

    test('reading from a position leaves out what is before it', async () => {
      const journal = await createLog()()
      await appendSingles(journal, 1, 5)
      expect(await dotsIn(journal.readAll(3))).toEqual(dotRange('a', 4, 5))
      expect(await dotsIn(journal.readAll(5))).toEqual([])
      await journal.close()
    })

    test('appends made at once all land, in the order of the calls', async () => {
      const journal = await createLog()()
      await Promise.all(Array.from({ length: 40 }, (_, i) => journal.append(single(i + 1))))
      expect(await dotsIn(journal.readAll())).toEqual(dotRange('a', 1, 40))
      await journal.close()
    })

    test('compaction merges small segments, and content, order, length and ranges stay', async () => {
      const journal = await createLog()()
      await appendSingles(journal, 1, 70)
      await journal.compact()
      expect(await collect(journal.readAll())).toHaveLength(1)
      expect(await dotsIn(journal.readAll())).toEqual(dotRange('a', 1, 70))
      expect(await journal.length()).toBe(70)
      expect(await dotsIn(journal.readAll(30))).toEqual(expect.arrayContaining(dotRange('a', 31, 70)))
      await appendSingles(journal, 71, 73)
      expect(await dotsIn(journal.readAll(70))).toEqual(dotRange('a', 71, 73))
      await journal.compact()
      expect(await dotsIn(journal.readAll())).toEqual(dotRange('a', 1, 73))
      await journal.close()
    })

    test('compaction leaves a damaged segment as it is, in its place', async () => {
      const journal = await createLog()()
      const damaged = single(3).fill(7, 20, 30)
      await journal.append(single(1), single(2), damaged, single(4), single(5))
      await journal.compact()
      expect(await dotsIn(journal.readAll())).toEqual(['a:1', 'a:2', 'damaged', 'a:4', 'a:5'])
      expect(await collect(journal.readAll())).toContainEqual(damaged)
      await journal.close()
    })

    test('a compaction in the middle of reading hides nothing from the reader', async () => {
      const journal = await createLog()()
      await appendSingles(journal, 1, 100)
      const reading = journal.readAll()[Symbol.asyncIterator]()
      const first = await reading.next()
      await journal.compact()
      const rest: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => reading }
      const seen = new Set([...(await dotsIn(each(first.value))), ...(await dotsIn(rest))])
      expect([...seen]).toEqual(dotRange('a', 1, 100))
      await journal.close()
    })

    test('small values are kept apart from entries, by key and prefix', async () => {
      const reopen = createLog()
      const journal = await reopen()
      expect(await journal.getMeta('peer:x')).toBeUndefined()
      await journal.setMeta('peer:x', { seen: 1 })
      await journal.setMeta('peer:y', { seen: 2 })
      await journal.setMeta('pear', 3)
      await journal.setMeta('peer:x', { seen: 4 })
      await journal.deleteMeta('pear')
      await journal.close()
      const again = await reopen()
      expect(await again.entriesMeta('peer:')).toEqual([
        ['peer:x', { seen: 4 }],
        ['peer:y', { seen: 2 }],
      ])
      expect(await again.getMeta('pear')).toBeUndefined()
      expect(await again.length()).toBe(0)
      await again.close()
    })

    test('after close every call is refused', async () => {
      const journal = await createLog()()
      await journal.append(single(1))
      await journal.close()
      const refused = { code: 'storage-failed' }
      await expect(journal.append(single(2))).rejects.toMatchObject(refused)
      await expect(collect(journal.readAll())).rejects.toMatchObject(refused)
      await expect(journal.length()).rejects.toMatchObject(refused)
      await expect(journal.compact()).rejects.toMatchObject(refused)
      await expect(journal.getMeta('x')).rejects.toMatchObject(refused)
      await expect(journal.setMeta('x', 1)).rejects.toMatchObject(refused)
      await expect(journal.entriesMeta('x')).rejects.toMatchObject(refused)
      await expect(journal.deleteMeta('x')).rejects.toMatchObject(refused)
    })
  })
}

async function* each(bytes: Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  if (bytes) yield bytes
}
