import { describe, expect, it } from 'vitest'
import type { Entry } from '#model/entry'
import { LIMITS } from '#model/limits'
import { decodeBatch, encodeBatch, type PlacedProof } from '#wire/entry-codec'
import { isWholeBatch } from './arrived.ts'
import { batchOf, collect, dotRange, dotsIn, entryOf } from './batches.testing.ts'
import { signedBatch } from './log-trust.testing.ts'
import { createMemoryJournal } from './memory-journal.ts'
import { openStore, PEERS } from './stores.testing.ts'

const read = (bytes: Uint8Array) => {
  const batch = decodeBatch(bytes)
  if (!batch.ok) throw new Error(batch.reason)
  return { bytes, ...batch }
}
const noEntry = () => new TextEncoder().encode('{"this":"is no entry"}'.padEnd(80))
const lastOf = (bytes: Uint8Array): Omit<PlacedProof, 'at'> => {
  const proof = read(bytes).proofs.at(-1)
  if (!proof) throw new Error('There is no proof.')
  return proof
}
const large = (author: string, seq: number): Entry => entryOf(author, seq, { text: 'x'.repeat(LIMITS.batchBytes / 3) })

describe('what arrived', () => {
  it('is a whole batch where all of it is stored, and nothing else', () => {
    const arrived = read(batchOf(entryOf('a', 1), entryOf('a', 2)))
    const [first, second] = arrived.items.map(({ bytes }) => bytes) as [Uint8Array, Uint8Array]
    expect(isWholeBatch([first, second], arrived)).toBe(true)
    for (const part of [[first], [second, first], []]) expect(isWholeBatch(part, arrived)).toBe(false)
    expect(isWholeBatch([first, second], { ...arrived, refused: ['entry-malformed'] })).toBe(false)
  })

  it('is stored as it is, if it is whole', async () => {
    const journal = createMemoryJournal()
    const bytes = await signedBatch([entryOf(PEERS.b, 1), entryOf(PEERS.b, 2)])
    await (await openStore(journal)).ingest(bytes, PEERS.b)
    expect(await collect(journal.readAll())).toEqual([bytes])
  })

  it('is cut to size where the sender made a larger batch, each part with its own proof', async () => {
    const journal = createMemoryJournal()
    const entries = [1, 2, 3, 4].map((seq) => large(PEERS.b, seq))
    const store = await openStore(journal)
    expect(await store.ingest(await signedBatch(entries), PEERS.b)).toMatchObject({ applied: 4 })
    const segments = await collect(journal.readAll())
    expect(segments.map((bytes) => read(bytes).proofs.length)).toEqual([1, 1])
    expect(await dotsIn(journal.readAll())).toEqual(dotRange(PEERS.b, 1, 4))
  })

  it('leaves no body that is no entry behind: the log stays whole', async () => {
    const journal = createMemoryJournal()
    const store = await openStore(journal)
    const signed = await signedBatch([entryOf(PEERS.b, 1), entryOf(PEERS.b, 2)])
    const [one, two] = read(signed).items.map(({ bytes }) => bytes) as [Uint8Array, Uint8Array]
    const result = await store.ingest(encodeBatch([one, noEntry(), two], [{ ...lastOf(signed), at: 2 }]), PEERS.b)
    expect(result).toMatchObject({ applied: 2, refused: ['entry-malformed'] })
    expect(await collect(journal.readAll())).toEqual([signed])
    const again = await openStore(createMemoryJournal(journal.disk))
    expect([again.size, again.fault]).toEqual([2, undefined])
  })
})
