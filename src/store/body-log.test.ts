import { describe, expect, it } from 'vitest'
import { batchOf, entryOf } from './batches.testing.ts'
import { createBodies } from './bodies.ts'
import { createBodyLog } from './body-log.ts'
import { decodeBatch, encodeEntry } from '#wire/entry-codec'

const decoded = (batch: Uint8Array) => {
  const read = decodeBatch(batch)
  if (!read.ok) throw new Error(read.reason)
  return read.items
}

describe('the bodies of applied entries', () => {
  it('are found by dot, also of several authors in one batch', () => {
    const entries = [entryOf('a', 1), entryOf('b', 1, { text: 'longer than the others' }), entryOf('a', 2)]
    const log = createBodyLog()
    log.add(entries, entries.map(encodeEntry))
    log.add([entryOf('b', 2)], [encodeEntry(entryOf('b', 2))])
    expect(log.at({ peerId: 'a', seq: 2 })).toEqual(encodeEntry(entryOf('a', 2)))
    expect(log.at({ peerId: 'b', seq: 1 })).toEqual(encodeEntry(entries[1] ?? entryOf('b', 1)))
    expect(log.at({ peerId: 'b', seq: 2 })).toEqual(encodeEntry(entryOf('b', 2)))
    expect(log.at({ peerId: 'a', seq: 3 })).toBeUndefined()
    expect(log.at({ peerId: 'c', seq: 1 })).toBeUndefined()
  })

  it('take no more memory than their bytes, whatever they came with', () => {
    const entries = [entryOf('a', 1), entryOf('a', 2)]
    const bodies = createBodies()
    const items = decoded(batchOf(...entries, entryOf('z', 1, { text: 'x'.repeat(50_000) }))).slice(0, 2)
    const taken = items.map(({ entry }) => entry)
    bodies.keep(taken, bodies.of(taken, items))
    const kept = bodies.at({ peerId: 'a', seq: 1 })
    expect(kept).toEqual(items[0]?.bytes)
    expect(kept?.buffer.byteLength).toBe((items[0]?.bytes.length ?? 0) + (items[1]?.bytes.length ?? 0))
  })
})

describe('the bodies of entries that wait', () => {
  it('outlive their batch as copies of their own', () => {
    const bodies = createBodies()
    const items = decoded(batchOf(entryOf('a', 2), entryOf('a', 3)))
    const waiting = items.slice(0, 1).map(({ entry }) => entry)
    bodies.note(waiting, items)
    const [noted] = bodies.of(waiting, [])
    expect(noted).toEqual(items[0]?.bytes)
    expect(noted?.buffer.byteLength).toBe(items[0]?.bytes.length)
  })
})
