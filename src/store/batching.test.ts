import { expect, test } from 'vitest'
import { LIMITS } from '#model/limits'
import { inBatches } from './batching.ts'

const bodies = (count: number, size: number) => Array.from({ length: count }, () => new Uint8Array(size))
const sizes = (batches: Uint8Array[][]) => batches.map((batch) => batch.length)

test('batches are cut by number of entries', () => {
  expect(sizes(inBatches(bodies(LIMITS.batchEntries * 2 + 1, 1)))).toEqual([
    LIMITS.batchEntries,
    LIMITS.batchEntries,
    1,
  ])
})

test('batches are cut by bytes', () => {
  expect(sizes(inBatches(bodies(5, LIMITS.batchBytes / 2)))).toEqual([2, 2, 1])
})

test('a body larger than a batch is one by itself', () => {
  expect(sizes(inBatches([...bodies(1, 1), ...bodies(2, LIMITS.entryBytes), ...bodies(1, 1)]))).toEqual([1, 1, 1, 1])
})

test('of nothing there is no batch', () => {
  expect(inBatches([])).toEqual([])
})
