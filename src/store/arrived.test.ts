import { describe, expect, it } from 'vitest'
import { LIMITS } from '#model/limits'
import { decodeBatch, encodeBatch, encodeEntry } from '#wire/entry-codec'
import { segmentsOf } from './arrived.ts'
import { batchOf, collect, entryOf } from './batches.testing.ts'
import { createMemoryJournal } from './memory-journal.ts'
import { openStore, PEERS } from './stores.testing.ts'

const arrivedAs = (bytes: Uint8Array) => {
  const batch = decodeBatch(bytes)
  if (!batch.ok) throw new Error(batch.reason)
  return { bytes, ...batch }
}
const bodyOf = (seq: number, text = '') => encodeEntry(entryOf(PEERS.b, seq, { text }))
const noEntry = () => new TextEncoder().encode('{"this":"is no entry"}'.padEnd(80))

describe('the segments of what arrived', () => {
  it('are the batch itself where all of it is stored', () => {
    const arrived = arrivedAs(batchOf(entryOf('a', 1), entryOf('a', 2)))
    const bodies = arrived.items.map(({ bytes }) => bytes)
    expect(segmentsOf(bodies, arrived)).toEqual([arrived.bytes])
    expect(segmentsOf(bodies, arrived)[0]).toBe(arrived.bytes)
    expect(encodeBatch(bodies)).toEqual(arrived.bytes)
  })

  it('hold only what is to be stored, in its own order', () => {
    const arrived = arrivedAs(batchOf(entryOf('a', 1), entryOf('a', 2), entryOf('a', 3)))
    const [first, second, third] = arrived.items.map(({ bytes }) => bytes) as [Uint8Array, Uint8Array, Uint8Array]
    expect(segmentsOf([first, third], arrived)).toEqual([encodeBatch([first, third])])
    expect(segmentsOf([second, first, third], arrived)).toEqual([encodeBatch([second, first, third])])
    expect(segmentsOf([], arrived)).toEqual([])
  })

  it('are cut to size where the sender made a larger batch', () => {
    const text = 'x'.repeat(LIMITS.batchBytes / 3)
    const arrived = arrivedAs(encodeBatch([1, 2, 3, 4].map((seq) => bodyOf(seq, text))))
    expect(
      segmentsOf(
        arrived.items.map(({ bytes }) => bytes),
        arrived,
      ),
    ).toHaveLength(2)
  })

  it('never hold a body that is no entry: the log stays whole', async () => {
    const journal = createMemoryJournal()
    const store = await openStore(journal)
    const result = await store.ingest(encodeBatch([bodyOf(1), noEntry(), bodyOf(2)]), PEERS.b)
    expect(result).toMatchObject({ applied: 2, refused: ['entry-malformed'] })
    expect(await collect(journal.readAll())).toEqual([encodeBatch([bodyOf(1), bodyOf(2)])])
    const again = await openStore(createMemoryJournal(journal.disk))
    expect([again.size, again.fault]).toEqual([2, undefined])
  })
})
