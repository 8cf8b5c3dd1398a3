import { beforeEach, describe, expect, test } from 'vitest'
import type { Journal } from '#store/journal'
import { drained } from './drained.ts'
import { createHost, type Host } from './host.ts'
import { createRandom } from './random.ts'
import { createSimulatedDisk, type SimulatedDisk } from './storage.ts'
import { createTimeline, type Timeline } from './timeline.ts'
import { createTrace } from './trace.ts'

let timeline: Timeline
let disk: SimulatedDisk
const newHost = (): Host => createHost({ name: 'a', timeline, wallNow: timeline.now })
beforeEach(() => {
  timeline = createTimeline()
  disk = createSimulatedDisk('a', timeline, createRandom(3), createTrace())
})
const runAll = async () => {
  await drained()
  while (timeline.step()) await drained()
}
const done = async <T>(work: Promise<T>): Promise<T> => {
  work.catch(() => undefined)
  await runAll()
  return work
}
const stored = async () => {
  const all: Uint8Array[] = []
  for await (const bytes of disk.look().readAll()) all.push(bytes)
  return all.map((bytes) => bytes[0])
}
const batch = (n: number) => Uint8Array.of(n)

describe('a write', () => {
  test('that the power loss overtook is not there', async () => {
    const host = newHost()
    const journal = disk.open(host)
    const writing = journal.append(batch(1))
    timeline.after(0.1, () => host.kill())
    await runAll()
    expect(await stored()).toEqual([])
    await expect(Promise.race([writing, Promise.resolve('pending')])).resolves.toBe('pending')
  })

  test('that took effect before the power loss is there, though nobody was told', async () => {
    const host = newHost()
    const writing = disk.open(host).append(batch(1))
    let effects = 0
    while (timeline.nextAt() !== undefined && effects === 0) {
      timeline.step()
      await drained()
      effects = (await stored()).length
    }
    host.kill()
    await runAll()
    expect(await stored()).toEqual([1])
    await expect(Promise.race([writing, Promise.resolve('pending')])).resolves.toBe('pending')
  })

  test('takes effect after those before it', async () => {
    const journal = disk.open(newHost())
    await done(Promise.all([3, 1, 2].map((n) => journal.append(batch(n)))))
    expect(await stored()).toEqual([3, 1, 2])
  })

  test('is refused by a full disk, small values too, and taken again when there is space', async () => {
    const journal = disk.open(newHost())
    disk.fill()
    await expect(done(journal.append(batch(1)))).rejects.toMatchObject({ code: 'storage-full' })
    await expect(done(journal.setMeta('k', 1))).rejects.toMatchObject({ code: 'storage-full' })
    disk.free()
    await done(journal.append(batch(2)))
    expect(await stored()).toEqual([2])
  })

  test('fails before or after its effect, as ordered', async () => {
    const journal = disk.open(newHost())
    disk.failNext(1, 'before')
    await expect(done(journal.append(batch(1)))).rejects.toMatchObject({ code: 'storage-failed' })
    disk.failNext(1, 'after')
    await expect(done(journal.append(batch(2)))).rejects.toMatchObject({ code: 'storage-failed' })
    expect(await stored()).toEqual([2])
  })

  test('to a frozen page is durable, and told at the thaw', async () => {
    const host = newHost()
    let told = false
    disk
      .open(host)
      .append(batch(1))
      .then(() => {
        told = true
      })
      .catch(() => undefined)
    host.freeze()
    await runAll()
    expect([await stored(), told]).toEqual([[1], false])
    host.thaw()
    await runAll()
    expect(told).toBe(true)
  })
})

describe('a disk that fails', () => {
  const failed = { code: 'storage-failed' }

  test('at small values does so before or after its effect, and only as often as ordered', async () => {
    const journal = disk.open(newHost())
    disk.failNext(1, 'before', 'setMeta')
    await expect(done(journal.setMeta('k', 1))).rejects.toMatchObject(failed)
    expect(await disk.look().getMeta('k')).toBeUndefined()
    disk.failNext(1, 'after', 'setMeta')
    await expect(done(journal.setMeta('k', 2))).rejects.toMatchObject(failed)
    expect(await disk.look().getMeta('k')).toBe(2)
    await done(journal.setMeta('k', 3))
    expect(await disk.look().getMeta('k')).toBe(3)
  })

  test('at reading or counting leaves what is there, and gives it the next time', async () => {
    const journal = disk.open(newHost())
    const readAll = async () => {
      const all: Uint8Array[] = []
      for await (const bytes of journal.readAll()) all.push(bytes)
      return all
    }
    await done(journal.append(batch(1)))
    disk.failNext(1, 'before', 'readAll')
    disk.failNext(1, 'after', 'length')
    await expect(done(readAll())).rejects.toMatchObject(failed)
    await expect(done(journal.length())).rejects.toMatchObject(failed)
    expect([await done(readAll()), await done(journal.length())]).toEqual([[batch(1)], 1])
  })

  test('at one thing does the others, and a disk that is well again fails at nothing', async () => {
    const journal = disk.open(newHost())
    disk.failNext(1, 'before', 'setMeta')
    await done(journal.append(batch(1)))
    expect(await done(journal.length())).toBe(1)
    disk.free()
    await done(journal.setMeta('k', 1))
  })
})

test('the fingerprint tells other batches, other bounds of batches and other small values apart', async () => {
  const digestOf = async (write: (journal: Journal) => Promise<void>) => {
    const trace = createTrace()
    timeline = createTimeline()
    disk = createSimulatedDisk('a', timeline, createRandom(3), trace)
    await done(write(disk.open(newHost())))
    return trace.digest()
  }
  const writes: readonly ((journal: Journal) => Promise<void>)[] = [
    (journal) => journal.append(batch(1), batch(2)),
    (journal) => journal.append(batch(1), batch(3)),
    (journal) => journal.append(Uint8Array.of(1, 2), Uint8Array.of()),
    (journal) => journal.setMeta('k', { n: 1 }),
    (journal) => journal.setMeta('k', { n: 2 }),
  ]
  const digests: string[] = []
  for (const write of writes) {
    digests.push(await digestOf(write))
    expect(await digestOf(write)).toBe(digests.at(-1))
  }
  expect(new Set(digests).size).toBe(writes.length)
})

test('a backup brings back what was, and wiping nothing', async () => {
  await done(disk.open(newHost()).append(batch(1)))
  disk.backup()
  await done(disk.open(newHost()).append(batch(2)))
  disk.restore()
  expect(await stored()).toEqual([1])
  disk.wipe()
  expect(await stored()).toEqual([])
  expect(disk.losses).toBe(2)
})

test('a closed journal is counted no more, nor one of a page without power', async () => {
  const [one, two] = [newHost(), newHost()]
  const journal = disk.open(one)
  disk.open(two)
  expect(disk.opened).toBe(2)
  await done(journal.close())
  two.kill()
  expect(disk.opened).toBe(0)
})
