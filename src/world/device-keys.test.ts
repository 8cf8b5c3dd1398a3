import { expect, test } from 'vitest'
import { createWorld } from './create-world.ts'

const begun = async (seed: number) => {
  const world = createWorld({ seed, peers: 2 })
  await world.start()
  const a = world.device('a')
  const again = async () => {
    await world.settle(a.start())
    return a.engine.peerId
  }
  return { world, a, again }
}

test('a device is the same one after a crash and after a stop: its key is kept', async () => {
  const { world, a, again } = await begun(1)
  const { peerId } = a.engine
  a.crash()
  expect(await again()).toBe(peerId)
  await world.settle(a.stop())
  expect(await again()).toBe(peerId)
  await world.stop()
})

test('a wipe takes the key too; what is put back from before is then another device, which still has what it wrote', async () => {
  const { world, a, again } = await begun(2)
  const first = a.engine.peerId
  await world.settle(a.engine.put('reading', 'm1', { kwh: 1 }))
  a.disk.backup()
  a.crash()
  a.disk.wipe()
  const second = await again()
  a.crash()
  a.disk.restore()
  const third = await again()
  expect(new Set([first, second, third]).size).toBe(3)
  expect(a.engine.record('reading', 'm1')?.value).toEqual({ kwh: 1 })
  await world.quiesce()
  expect(world.device('b').engine.record('reading', 'm1')?.value).toEqual({ kwh: 1 })
  expect(a.engine.store.getStatus().outboxCount).toBe(0)
  await world.stop()
})

test('what is put back on a wiped disk finds no key, so is another device too', async () => {
  const { world, a, again } = await begun(6)
  const { peerId } = a.engine
  a.disk.backup()
  a.crash()
  a.disk.wipe()
  a.disk.restore()
  expect(await again()).not.toBe(peerId)
  await world.stop()
})

test('a backup that is put back finds the key where it was: the device goes on as the one it is', async () => {
  const { world, a, again } = await begun(3)
  const { peerId } = a.engine
  a.disk.backup()
  a.crash()
  a.disk.restore()
  expect(await again()).toBe(peerId)
  await world.stop()
})

test('two worlds of one seed have the same devices and rooms, and worlds of other seeds others', async () => {
  const idsOf = async (seed: number) => {
    const { world } = await begun(seed)
    const ids = world.devices.map(({ engine }) => [engine.peerId, engine.room.id])
    await world.stop()
    return ids
  }
  const [one, same, other] = [await idsOf(4), await idsOf(4), await idsOf(5)]
  expect(same).toEqual(one)
  expect(new Set(one.map(([, room]) => room)).size).toBe(1)
  expect(other.map(([peer]) => peer)).not.toEqual(one.map(([peer]) => peer))
})
