import { beforeEach, describe, expect, test } from 'vitest'
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
