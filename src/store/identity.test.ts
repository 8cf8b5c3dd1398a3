import { describe, expect, test, vi } from 'vitest'
import { type FaultCode, FieldmeshError } from '#model/fault'
import { single } from './batches.testing.ts'
import { createFaultyJournal, diesAt } from './faulty-journal.testing.ts'
import { type IdentityOptions, loadIdentity, ownSince, retireIdentity } from './identity.ts'
import { createMemoryKeys, idOfKey } from './identity-keys.testing.ts'
import { createMemoryDisk, createMemoryJournal } from './memory-journal.ts'

const deviceOf = () => {
  const [disk, keys] = [createMemoryDisk(), createMemoryKeys()]
  const load = (time = 1, more: Partial<IdentityOptions<number>> = {}) =>
    loadIdentity({ journal: createMemoryJournal(disk), keys, now: () => time, ...more })
  return { disk, keys, journal: () => createMemoryJournal(disk), load }
}

test('a device keeps its id and key over reopening, and each opening starts a later epoch, whatever the clock does', async () => {
  const { load, keys } = deviceOf()
  const runs = [await load(5_000), await load(4_000), await load(9_000)]
  expect(runs.map(({ peerId, key }) => [peerId, key])).toEqual(Array.from({ length: 3 }, () => [idOfKey(1), 1]))
  expect(runs.map(({ epoch }) => epoch)).toEqual([5_000, 5_001, 9_000])
  expect(keys.made).toBe(1)
})

describe('a new key, and another id, for', () => {
  test('wiped storage, even where the key outlived it: it may have signed what is lost', async () => {
    const { load, disk, keys } = deviceOf()
    expect((await load()).peerId).toBe(idOfKey(1))
    disk.meta.clear()
    expect(await load()).toMatchObject({ peerId: idOfKey(2), key: 2, former: [] })
    expect(keys.kept).toBe(2)
  })

  test('a retired identity; its entries are known to lie before', async () => {
    const { load, journal } = deviceOf()
    const old = await load(5_000)
    await journal().append(single(1), single(2))
    await retireIdentity(journal(), old.peerId)
    const fresh = await load()
    expect(fresh).toEqual({ peerId: idOfKey(2), key: 2, epoch: 5_001, former: [old.peerId] })
    expect(await ownSince(journal(), fresh.peerId)).toBe(2)
    expect(await ownSince(journal(), old.peerId)).toBe(0)
    expect((await load()).peerId).toBe(fresh.peerId)
  })

  test('a retired identity whose key nobody can ask for any more', async () => {
    const { load, journal, keys } = deviceOf()
    await retireIdentity(journal(), (await load()).peerId)
    const find = vi.fn<typeof keys.find>().mockRejectedValue(new FieldmeshError('pin-wrong'))
    expect((await load(1, { keys: { ...keys, create: keys.create, find } })).peerId).toBe(idOfKey(2))
  })

  test('one whose key is gone, one whose key is another, and one from before there were keys', async () => {
    const gone = deviceOf()
    await gone.load(5_000)
    await gone.journal().append(single(1))
    gone.keys.kept = undefined
    expect(await gone.load()).toEqual({ peerId: idOfKey(2), key: 2, epoch: 5_001, former: [idOfKey(1)] })
    expect(await ownSince(gone.journal(), idOfKey(2))).toBe(1)

    const swapped = deviceOf()
    await swapped.load()
    swapped.keys.kept = 77
    expect(await swapped.load()).toMatchObject({ peerId: idOfKey(2), key: 2, former: [idOfKey(1)] })

    const early = deviceOf()
    const stored = { peerId: idOfKey(9), epoch: 70, since: 0, retired: false, former: [idOfKey(8)] }
    await early.journal().setMeta('identity', stored)
    const adopted = { peerId: idOfKey(1), key: 1, former: [idOfKey(9), idOfKey(8)] }
    expect(await early.load()).toEqual({ ...adopted, epoch: 71 })
    expect(await early.load()).toEqual({ ...adopted, epoch: 72 })
  })

  test.each([
    null,
    7,
    'x',
    {},
    { peerId: '__proto__', epoch: 1, since: 0 },
    { peerId: 'A'.repeat(22), epoch: -1, since: 0 },
  ])('a stored identity that is none (%j)', async (stored) => {
    const { load, journal } = deviceOf()
    await journal().setMeta('identity', stored)
    expect(await load(10)).toEqual({ peerId: idOfKey(1), key: 1, epoch: 10, former: [] })
  })
})

test('a key that cannot be looked for now costs no identity: the opening fails, and the next one is the same device', async () => {
  const { load, keys } = deviceOf()
  await load()
  const find = vi.fn<typeof keys.find>().mockRejectedValue(new FieldmeshError('storage-failed'))
  await expect(load(1, { keys: { find, create: keys.create } })).rejects.toMatchObject({ code: 'storage-failed' })
  expect(await load()).toMatchObject({ peerId: idOfKey(1), former: [] })
  expect(keys.made).toBe(1)
})

test('a full disk keeps a known device from nothing but a durable epoch, and a new one from opening', async () => {
  const { load, disk } = deviceOf()
  const { peerId } = await load(5_000)
  const journal = createMemoryJournal(disk)
  vi.spyOn(journal, 'setMeta').mockRejectedValue(new FieldmeshError('storage-full'))
  const faults: FaultCode[] = []
  const again = await load(1, { journal, onFault: (fault) => faults.push(fault) })
  expect([again.peerId, again.epoch, faults]).toEqual([peerId, 5_001, ['storage-full']])
  disk.meta.clear()
  await expect(load(1, { journal })).rejects.toMatchObject({ code: 'storage-full' })
})

describe('a device that dies while it opens', () => {
  const BEFORE = {
    'an empty store': async () => {},
    'a known identity': async ({ load }: ReturnType<typeof deviceOf>) => void (await load()),
    'a retired identity': async ({ load, journal }: ReturnType<typeof deviceOf>) =>
      retireIdentity(journal(), (await load()).peerId),
    'an identity without its key': async ({ load, keys }: ReturnType<typeof deviceOf>) => {
      await load()
      keys.kept = undefined
    },
  }
  /** Opens once more, dying at the given call to the journal or right after the key was kept. */
  const dying = async (device: ReturnType<typeof deviceOf>, call: number, after: boolean) => {
    const journal = createFaultyJournal(device.disk, diesAt(call, after))
    return device.load(1, { journal }).then(
      () => true,
      () => false,
    )
  }

  test.each(Object.entries(BEFORE))('with %s, is one device with its own key at the next start', async (_, before) => {
    let deaths = 0
    for (const after of [false, true]) {
      for (let call = 0; call < 4; call++) {
        const device = deviceOf()
        await before(device)
        await device.journal().append(single(1))
        const earlier = device.disk.meta.get('identity')
        if (!(await dying(device, call, after))) deaths += 1
        const next = await device.load()
        // Whoever it is, it has the key, and no identity that may have written is used twice or forgotten.
        expect(next.peerId).toBe(idOfKey(next.key))
        expect(device.keys.kept).toBe(next.key)
        const { peerId: old = next.peerId } = (earlier ?? {}) as { peerId?: string }
        expect([next.peerId, ...next.former]).toContain(old)
        expect((await device.load()).peerId).toBe(next.peerId)
      }
    }
    expect(deaths).toBeGreaterThan(0)
  })

  test('leaves a key that no identity names, at worst, and nobody writes under it', async () => {
    const device = deviceOf()
    const journal = createFaultyJournal(device.disk, (call) => (call === 'setMeta' ? 'refused' : 'works'))
    await expect(device.load(1, { journal })).rejects.toMatchObject({ code: 'storage-failed' })
    expect([device.keys.kept, device.disk.meta.size]).toEqual([1, 0])
    expect(await device.load()).toMatchObject({ peerId: idOfKey(2), key: 2 })
  })

  test('has its key kept before its identity is written', async () => {
    const device = deviceOf()
    const kept: unknown[] = []
    const journal = createMemoryJournal(device.disk)
    const watched = {
      ...journal,
      setMeta: (key: string, value: unknown) => {
        kept.push(device.keys.kept)
        return journal.setMeta(key, value)
      },
    }
    await device.load(1, { journal: watched })
    expect(kept).toEqual([1])
  })
})
