import { expect, test, vi } from 'vitest'
import { FieldmeshError } from '#model/fault'
import { entryOf } from './batches.testing.ts'
import { loadIdentity } from './identity.ts'
import { createMemoryKeys } from './identity-keys.testing.ts'
import { signedBatch, trustOf } from './log-trust.testing.ts'
import { createMemoryDisk, createMemoryJournal, type MemoryDisk } from './memory-journal.ts'
import { openReplicaStore } from './replica-store.ts'
import { openStore, PEERS, reading, send } from './stores.testing.ts'

/** One for all disks: a backup that is put back finds it as it is now. */
const keys = createMemoryKeys()
/** Opens a device as the engine does: who it is first, then its log. */
const openDevice = async (disk: MemoryDisk) => {
  const journal = createMemoryJournal(disk)
  const { peerId } = await loadIdentity({ journal, keys, now: () => 1 })
  let time = 1_700_000_000_000
  return openReplicaStore({ journal, peerId, now: () => time++, trust: trustOf(peerId) })
}

const damage = (disk: MemoryDisk, index: number): void => {
  disk.segments[index]?.bytes.fill(7, 20, 40)
}

test('a damaged part of the own log: the rest is shown, nothing is written under that identity again', async () => {
  const disk = createMemoryDisk()
  const before = await openDevice(disk)
  for (const id of ['m1', 'm2', 'm3']) await before.write([reading(id, 1)])
  const other = await openStore(undefined, PEERS.b)
  await send(before, other)
  damage(disk, 1)

  const damaged = await openDevice(disk)
  expect(damaged.peerId).toBe(before.peerId)
  expect([damaged.fault, damaged.size, damaged.waiting]).toEqual(['storage-corrupt', 1, 1])
  await expect(damaged.write([reading('m4', 1)])).rejects.toMatchObject({ code: 'storage-corrupt' })
  expect(disk.segments).toHaveLength(3)
  await send(other, damaged)
  expect(damaged.records('reading').map(({ id }) => id)).toEqual(['m1', 'm2', 'm3'])
  await expect(damaged.write([reading('m4', 1)])).rejects.toMatchObject({ code: 'storage-corrupt' })
  await damaged.close()

  const fresh = await openDevice(disk)
  expect(fresh.peerId).not.toBe(before.peerId)
  expect(fresh.size).toBe(3)
  await fresh.write([reading('m4', 1)])
  await send(fresh, other)
  expect([other.forked, other.size, other.digest()]).toEqual([[], 4, fresh.digest()])
})

test('damage at the end of the own log is not written over', async () => {
  const disk = createMemoryDisk()
  const before = await openDevice(disk)
  for (const id of ['m1', 'm2']) await before.write([reading(id, 1)])
  damage(disk, 1)
  const damaged = await openDevice(disk)
  expect([damaged.fault, damaged.size]).toEqual(['storage-corrupt', 1])
  await expect(damaged.write([reading('m3', 1)])).rejects.toMatchObject({ code: 'storage-corrupt' })
})

test('damage from before the present identity leaves it writing', async () => {
  const disk = createMemoryDisk()
  await createMemoryJournal(disk).append(await signedBatch([entryOf(PEERS.b, 1)]))
  const first = await openDevice(disk)
  await first.write([reading('m1', 1)])
  damage(disk, 0)
  const again = await openDevice(disk)
  expect([again.peerId, again.fault, again.size]).toEqual([first.peerId, 'storage-corrupt', 1])
  await again.write([reading('m2', 1)])
})

test('a lost segment is noticed by what builds on it', async () => {
  const disk = createMemoryDisk()
  const before = await openDevice(disk)
  for (const id of ['m1', 'm2', 'm3']) await before.write([reading(id, 1)])
  disk.segments.splice(1, 1)
  const damaged = await openDevice(disk)
  expect(damaged.fault).toBe('storage-corrupt')
  await expect(damaged.write([reading('m4', 1)])).rejects.toMatchObject({ code: 'storage-corrupt' })
})

test('a restored backup: once others show later entries of ours, nothing is written under that identity again', async () => {
  const disk = createMemoryDisk()
  const before = await openDevice(disk)
  await before.write([reading('m1', 1)])
  const backup: MemoryDisk = { segments: [...disk.segments], meta: new Map(disk.meta) }
  await before.write([reading('m2', 1)])
  const other = await openStore(undefined, PEERS.b)
  await send(before, other)

  const restored = await openDevice(backup)
  await send(other, restored)
  expect([restored.size, restored.fault]).toEqual([2, 'author-forked'])
  await expect(restored.write([reading('m3', 1)])).rejects.toMatchObject({ code: 'author-forked' })
  const fresh = await openDevice(backup)
  await fresh.write([reading('m3', 1)])
  await send(fresh, other)
  expect([fresh.peerId === before.peerId, other.forked, other.size]).toEqual([false, [], 3])
})

test('an identity that could not be retired takes nothing in either, so that the evidence comes again', async () => {
  const disk = createMemoryDisk()
  const journal = createMemoryJournal(disk)
  const { peerId } = await loadIdentity({ journal, keys, now: () => 1 })
  const store = await openStore(journal, peerId)
  vi.spyOn(journal, 'setMeta').mockRejectedValueOnce(new FieldmeshError('storage-full'))
  await expect(store.ingest(await signedBatch([entryOf(peerId, 1)]), PEERS.b)).rejects.toMatchObject({
    code: 'storage-full',
  })
  expect(store.size).toBe(0)
  expect(await store.ingest(await signedBatch([entryOf(peerId, 1)]), PEERS.b)).toMatchObject({ applied: 1 })
  expect(store.fault).toBe('author-forked')
})

test('a journal that cannot be read at all is an error, not an empty store', async () => {
  const journal = createMemoryJournal()
  await journal.close()
  await expect(openStore(journal)).rejects.toMatchObject({ code: 'storage-failed' })
})
