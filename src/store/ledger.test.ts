import { expect, test, vi } from 'vitest'
import { SimulatedClock } from 'xstate'
import type { FaultCode } from '#model/fault'
import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import { VectorClock } from '#model/vector-clock'
import { openLedger } from './ledger.ts'
import { createMemoryDisk, createMemoryJournal } from './memory-journal.ts'

const simulated = () => {
  const timers = new SimulatedClock()
  return {
    setTimeout: (task: () => void, ms: number) => timers.setTimeout(task, ms),
    clearTimeout: (id: unknown) => timers.clearTimeout(id as number),
    increment: (ms: number) => timers.increment(ms),
  }
}
const clockOf = (json: Record<string, number>) => VectorClock.fromJSON(json)

const open = async (disk = createMemoryDisk(), limits?: { peers: number; pairs: number }) => {
  const clock = simulated()
  const journal = createMemoryJournal(disk)
  const faults: FaultCode[] = []
  const ledger = await openLedger(journal, {
    clock,
    onFault: (fault) => faults.push(fault),
    ...(limits && { limits }),
  })
  return { disk, clock, journal, ledger, faults }
}

test('what devices announced survives reopening', async () => {
  const { disk, ledger } = await open()
  ledger.announce('p', clockOf({ a: 3, b: 1 }), true)
  ledger.seen('p', 77)
  await ledger.flush()
  const again = await open(disk)
  expect(again.ledger.acked('p').toJSON()).toEqual({ a: 3, b: 1 })
  expect(again.ledger.peers()).toEqual([{ peerId: 'p', lastSeen: 77 }])
})

test('a stranger has acknowledged nothing', async () => {
  const { ledger } = await open()
  expect(ledger.acked('nobody').size).toBe(0)
  expect(ledger.peers()).toEqual([])
})

test('a whole vector replaces, a delta joins, and what a device sent counts as held by it', async () => {
  const { ledger } = await open()
  ledger.announce('p', clockOf({ a: 5 }), true)
  ledger.announce('p', clockOf({ b: 2, a: 4 }), false)
  expect(ledger.acked('p').toJSON()).toEqual({ a: 5, b: 2 })
  ledger.observe('p', clockOf({ a: 6 }))
  expect(ledger.acked('p').toJSON()).toEqual({ a: 6, b: 2 })
  ledger.announce('p', clockOf({ a: 1 }), true)
  expect(ledger.acked('p').toJSON()).toEqual({ a: 1 })
})

test('vectors handed out and taken in are copies', async () => {
  const { ledger } = await open()
  const given = clockOf({ a: 1 })
  ledger.announce('p', given, true)
  given.set('a', 9)
  ledger.acked('p').set('a', 9)
  expect(ledger.acked('p').get('a')).toBe(1)
})

test('listeners hear of changes only', async () => {
  const { ledger } = await open()
  const heard: string[] = []
  const unsubscribe = ledger.subscribe((peerId) => heard.push(peerId))
  ledger.announce('p', clockOf({ a: 1 }), true)
  ledger.announce('p', clockOf({ a: 1 }), true)
  ledger.observe('p', clockOf({ a: 1 }))
  ledger.observe('q', clockOf({ a: 1 }))
  ledger.forget('q')
  ledger.forget('q')
  unsubscribe()
  ledger.announce('p', clockOf({ a: 2 }), true)
  expect(heard).toEqual(['p', 'q', 'q'])
})

test('changes are written once after a while, not one by one', async () => {
  const { disk, clock, journal, ledger } = await open()
  const setMeta = vi.spyOn(journal, 'setMeta')
  for (let seq = 1; seq <= 50; seq++) ledger.announce('p', clockOf({ a: seq }), true)
  clock.increment(999)
  expect(setMeta).not.toHaveBeenCalled()
  clock.increment(1)
  await vi.waitFor(() => expect(disk.meta.get('peer:p')).toEqual({ vector: { a: 50 }, lastSeen: 0 }))
  expect(setMeta).toHaveBeenCalledTimes(1)
})

test('a change that could not be written is told, and written with the next', async () => {
  const { disk, clock, journal, ledger, faults } = await open()
  vi.spyOn(journal, 'setMeta').mockRejectedValueOnce(new FieldmeshError('storage-full'))
  ledger.seen('p', 1)
  clock.increment(1_000)
  await vi.waitFor(() => expect(faults).toEqual(['storage-full']))
  ledger.seen('q', 2)
  clock.increment(1_000)
  await vi.waitFor(() => expect([...disk.meta.keys()].sort()).toEqual(['peer:p', 'peer:q']))
})

test('a forgotten device stays forgotten', async () => {
  const { disk, ledger } = await open()
  ledger.seen('p', 1)
  await ledger.flush()
  ledger.forget('p')
  await ledger.flush()
  expect((await open(disk)).ledger.peers()).toEqual([])
})

test('pages that are none are left out and told, the others are read', async () => {
  const disk = createMemoryDisk()
  disk.meta.set('peer:ok', { vector: { a: 1 }, lastSeen: 5 })
  disk.meta.set('peer:', { vector: {}, lastSeen: 5 })
  disk.meta.set(`peer:${'x'.repeat(257)}`, { vector: {}, lastSeen: 5 })
  for (const [i, bad] of [null, 7, [], {}, { vector: { a: -1 }, lastSeen: 1 }, { vector: {}, lastSeen: 0.5 }].entries())
    disk.meta.set(`peer:bad${i}`, bad)
  const tooMany = Object.fromEntries(Array.from({ length: LIMITS.vectorAuthors + 1 }, (_, i) => [`a${i}`, 1]))
  disk.meta.set('peer:large', { vector: tooMany, lastSeen: 1 })
  const { ledger, faults } = await open(disk)
  expect(ledger.peers()).toEqual([{ peerId: 'ok', lastSeen: 5 }])
  expect(faults).toEqual(Array(9).fill('storage-corrupt'))
})

test('a book that cannot be read at all is empty, and told', async () => {
  const journal = createMemoryJournal()
  vi.spyOn(journal, 'entriesMeta').mockRejectedValue(new FieldmeshError('storage-failed'))
  const faults: FaultCode[] = []
  const ledger = await openLedger(journal, { clock: simulated(), onFault: (fault) => faults.push(fault) })
  expect(ledger.peers()).toEqual([])
  expect(faults).toEqual(['storage-failed'])
})

test('the number of devices is bounded: those heard of longest ago are forgotten, on disk too', async () => {
  const { disk, ledger } = await open(createMemoryDisk(), { peers: 3, pairs: 1_000 })
  for (const peerId of ['a', 'b', 'c']) ledger.seen(peerId, 1)
  await ledger.flush()
  ledger.seen('a', 2)
  ledger.seen('d', 3)
  await ledger.flush()
  expect(ledger.peers().map(({ peerId }) => peerId)).toEqual(['c', 'a', 'd'])
  expect([...disk.meta.keys()].sort()).toEqual(['peer:a', 'peer:c', 'peer:d'])
})

test('the size of all vectors together is bounded', async () => {
  const { ledger } = await open(createMemoryDisk(), { peers: 100, pairs: 5 })
  ledger.announce('p', clockOf({ a: 1, b: 1, c: 1 }), true)
  ledger.announce('q', clockOf({ a: 1, b: 1, c: 1 }), true)
  expect(ledger.peers().map(({ peerId }) => peerId)).toEqual(['q'])
})

test('deltas cannot grow a vector beyond the limit of authors', async () => {
  const { ledger, faults } = await open()
  const many = (prefix: string, count: number) =>
    new VectorClock(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, 1] as const))
  ledger.announce('p', many('x', LIMITS.vectorAuthors), false)
  ledger.announce('p', many('y', 1), false)
  expect(ledger.acked('p').size).toBe(LIMITS.vectorAuthors)
  expect(faults).toEqual(['wire-limit'])
})
