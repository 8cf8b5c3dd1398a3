import { expect, test, vi } from 'vitest'
import { type FaultCode, FieldmeshError } from '#model/fault'
import { isPeerId } from '#model/identity'
import { single } from './batches.testing.ts'
import { loadIdentity, ownSince, retireIdentity } from './identity.ts'
import { createMemoryDisk, createMemoryJournal } from './memory-journal.ts'

const bytesOf = (fill: number) => (count: number) => new Uint8Array(count).fill(fill)
const at = (time: number) => () => time

test('a device keeps its id over reopening, and each opening starts a later epoch, whatever the clock does', async () => {
  const disk = createMemoryDisk()
  const first = await loadIdentity(createMemoryJournal(disk), bytesOf(1), at(5_000))
  const second = await loadIdentity(createMemoryJournal(disk), bytesOf(2), at(4_000))
  const third = await loadIdentity(createMemoryJournal(disk), bytesOf(3), at(9_000))
  expect(isPeerId(first.peerId)).toBe(true)
  expect([second.peerId, third.peerId]).toEqual([first.peerId, first.peerId])
  expect([first.epoch, second.epoch, third.epoch]).toEqual([5_000, 5_001, 9_000])
})

test('wiped storage is another device', async () => {
  const one = await loadIdentity(createMemoryJournal(), bytesOf(1), at(1))
  const other = await loadIdentity(createMemoryJournal(), bytesOf(2), at(1))
  expect(other.peerId).not.toBe(one.peerId)
})

test('a retired identity is replaced at the next opening, and its entries are known to lie before', async () => {
  const journal = createMemoryJournal()
  const old = await loadIdentity(journal, bytesOf(1), at(5_000))
  await journal.append(single(1), single(2))
  await retireIdentity(journal, old.peerId)
  const fresh = await loadIdentity(journal, bytesOf(2), at(1))
  expect(fresh).toEqual({ peerId: expect.not.stringMatching(old.peerId), epoch: 5_001, former: [old.peerId] })
  expect(await ownSince(journal, fresh.peerId)).toBe(2)
  expect(await ownSince(journal, old.peerId)).toBe(0)
  expect((await loadIdentity(journal, bytesOf(3), at(1))).peerId).toBe(fresh.peerId)
})

test('a full disk keeps a known device from nothing but a durable epoch, and a new one from opening', async () => {
  const journal = createMemoryJournal()
  const { peerId } = await loadIdentity(journal, bytesOf(1), at(5_000))
  vi.spyOn(journal, 'setMeta').mockRejectedValue(new FieldmeshError('storage-full'))
  const faults: FaultCode[] = []
  const again = await loadIdentity(journal, bytesOf(2), at(1), (fault) => faults.push(fault))
  expect([again.peerId, again.epoch, faults]).toEqual([peerId, 5_001, ['storage-full']])
  journal.disk.meta.clear()
  await expect(loadIdentity(journal, bytesOf(3), at(1))).rejects.toMatchObject({ code: 'storage-full' })
})

test.each([
  null,
  7,
  'x',
  {},
  { peerId: '__proto__', epoch: 1, since: 0 },
  { peerId: 'A'.repeat(22), epoch: -1, since: 0 },
])('a stored identity that is none (%j) is replaced', async (stored) => {
  const journal = createMemoryJournal()
  await journal.setMeta('identity', stored)
  const { peerId, epoch } = await loadIdentity(journal, bytesOf(9), at(10))
  expect(isPeerId(peerId)).toBe(true)
  expect(epoch).toBe(10)
})
