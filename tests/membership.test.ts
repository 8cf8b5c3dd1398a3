import { describe, expect, test } from 'vitest'
import type { MemberView } from '#engine/members.types'
import type { World } from '#world/types'
import { createWorld } from '#world/create-world'

const MINUTES = 60_000
const DAY = 24 * 60 * MINUTES

/** A certified room of which a is the founder, with everybody else waiting at the door. */
const openRoom = async (peers: number, seed = 1): Promise<World> => {
  const world = createWorld({ seed, peers, membership: 'certified' })
  await world.start()
  return world
}
const engineOf = (world: World, name: string) => world.device(name).engine
const idOf = (world: World, name: string): string => engineOf(world, name).peerId
const viewOf = (world: World, at: string, of: string): MemberView | undefined =>
  engineOf(world, at)
    .members.list()
    .find(({ peerId }) => peerId === idOf(world, of))
const standing = (world: World, at: string, of: string) => viewOf(world, at, of)?.standing
const stateOf = (world: World, at: string, of: string) =>
  engineOf(world, at)
    .store.getStatus()
    .peers.find(({ peerId }) => peerId === idOf(world, of))
const put = (world: World, at: string, id: string) => world.settle(engineOf(world, at).put('reading', id, { by: at }))
const has = (world: World, at: string, id: string) => engineOf(world, at).record('reading', id) !== undefined
const admit = async (world: World, at: string, of: string, role: 'admin' | 'member' | 'reader' = 'member') => {
  await world.until(`${of} asks ${at}`, () => viewOf(world, at, of)?.fingerprint !== undefined)
  await world.settle(engineOf(world, at).members.admit(idOf(world, of), { role, name: `device ${of}` }))
}
const linked = (world: World, at: string, of: string) => stateOf(world, at, of)?.state === 'connected'
const meet = (world: World, a: string, b: string) =>
  world.until(`${a} and ${b} are linked`, () => linked(world, a, b) && linked(world, b, a))

describe('a room in which devices are admitted', () => {
  test('takes in nobody by its secret alone, and shows who asks, with the digits that the device shows itself', async () => {
    const world = await openRoom(3)
    await put(world, 'a', 'm1')
    await world.until('b asks', () => standing(world, 'a', 'b') === 'waiting')
    await world.until('c asks', () => standing(world, 'a', 'c') === 'waiting')
    await world.pass(2 * MINUTES)
    expect([has(world, 'b', 'm1'), has(world, 'c', 'm1')]).toEqual([false, false])
    expect(viewOf(world, 'a', 'b')?.fingerprint).toBe(engineOf(world, 'b').deviceKey?.fingerprint)
    expect(stateOf(world, 'a', 'b')).toMatchObject({ state: 'refused', fault: 'member-unknown' })
    expect(engineOf(world, 'a').explain(idOf(world, 'b'))[0]?.nextStep).toMatch(/admin/)
    expect(standing(world, 'b', 'b')).toBe('waiting')
    await expect(put(world, 'b', 'm2')).rejects.toMatchObject({ code: 'member-unknown' })
    await world.stop()
  })

  test('lets in whom an admin admits, who is then known to all the others, and can show it to those who have not heard', async () => {
    const world = await openRoom(3)
    await put(world, 'a', 'm1')
    await admit(world, 'a', 'b')
    await meet(world, 'a', 'b')
    await world.until('b has it', () => has(world, 'b', 'm1') && standing(world, 'b', 'b') === 'member')
    await put(world, 'b', 'm2')
    await admit(world, 'a', 'c')
    await meet(world, 'b', 'c')
    await world.quiesce()
    for (const name of ['a', 'b', 'c']) {
      expect([has(world, name, 'm1'), has(world, name, 'm2')]).toEqual([true, true])
      expect(
        engineOf(world, name)
          .members.list()
          .map(({ standing: is, name: called }) => [is, called]),
      ).toEqual([
        ['member', 'Founder'],
        ['member', 'device b'],
        ['member', 'device c'],
      ])
    }
    expect([engineOf(world, 'a').members.mayDecide, engineOf(world, 'b').members.mayDecide]).toEqual([true, false])
    await expect(
      engineOf(world, 'b').members.admit(idOf(world, 'c'), { role: 'admin', name: 'mine' }),
    ).rejects.toMatchObject({ code: 'member-not-admin' })
    await world.stop()
  })

  test('a removed device is cut off, what it writes later counts nowhere, and what it wrote before stays', async () => {
    const world = await openRoom(3)
    for (const name of ['b', 'c']) await admit(world, 'a', name)
    await meet(world, 'b', 'c')
    await put(world, 'b', 'before')
    await world.quiesce()
    const removed = idOf(world, 'b')
    world.network.cut('a', 'b')
    await world.settle(engineOf(world, 'a').members.remove(removed, 'lost'))
    await world.until('c has heard of it', () => standing(world, 'c', 'b') === 'removed')
    await world.until('c leaves it', () => stateOf(world, 'c', 'b')?.state === 'refused')
    expect(stateOf(world, 'c', 'b')).toMatchObject({ fault: 'member-removed' })
    world.network.heal('a', 'b')
    await world.pass(5 * MINUTES)
    await put(world, 'b', 'after').catch(() => undefined)
    await world.pass(2 * MINUTES)
    expect(['a', 'c'].map((name) => [has(world, name, 'before'), has(world, name, 'after')])).toEqual([
      [true, false],
      [true, false],
    ])
    expect(['a', 'c'].map((name) => linked(world, name, 'b'))).toEqual([false, false])
    await world.stop()
  })

  test('what a removed device wrote where nobody had heard of it is kept aside everywhere, the same', async () => {
    const world = await openRoom(4)
    for (const name of ['b', 'c', 'd']) await admit(world, 'a', name)
    await meet(world, 'b', 'c')
    await put(world, 'b', 'before')
    await world.quiesce()
    world.network.partition(['a', 'd'], ['b', 'c'])
    await world.settle(engineOf(world, 'a').members.remove(idOf(world, 'b')))
    await put(world, 'b', 'after')
    await world.until('c took it', () => has(world, 'c', 'after'))
    world.network.healAll()
    await world.until('c has heard', () => standing(world, 'c', 'b') === 'removed')
    for (const name of ['a', 'c', 'd']) {
      await world.until(`${name} has heard of both`, () => viewOf(world, name, 'b')?.quarantined === 1)
      expect([has(world, name, 'before'), has(world, name, 'after')]).toEqual([true, false])
      expect(viewOf(world, name, 'b')).toMatchObject({ standing: 'removed', quarantined: 1 })
    }
    await world.stop()
  })

  test('a reader reads, and is told that it may not write', async () => {
    const world = await openRoom(2)
    await put(world, 'a', 'm1')
    await admit(world, 'a', 'b', 'reader')
    await world.until('b reads', () => has(world, 'b', 'm1'))
    await expect(put(world, 'b', 'm2')).rejects.toMatchObject({ code: 'member-reader' })
    await admit(world, 'a', 'b', 'member')
    await world.until('b may write', () => viewOf(world, 'b', 'b')?.role === 'member')
    await put(world, 'b', 'm2')
    await world.until('a has it', () => has(world, 'a', 'm2'))
    await world.stop()
  })

  test('membership survives restarts, and the founder is not founded twice', async () => {
    const world = await openRoom(2)
    await admit(world, 'a', 'b')
    await meet(world, 'a', 'b')
    await world.quiesce()
    const founded = () => engineOf(world, 'a').record('$member', idOf(world, 'a'))?.fields['role']?.dot
    const before = founded()
    for (const name of ['a', 'b']) world.device(name).crash()
    await world.start()
    await meet(world, 'a', 'b')
    expect([founded(), before?.seq]).toEqual([before, 1])
    expect(
      engineOf(world, 'b')
        .members.list()
        .map(({ standing: is }) => is),
    ).toEqual(['member', 'member'])
    await world.stop()
  })

  test('a certificate that runs out is told, and renewed by an admin', async () => {
    const world = await openRoom(2)
    await admit(world, 'a', 'b')
    await meet(world, 'a', 'b')
    expect((viewOf(world, 'a', 'b')?.until ?? 0) - (viewOf(world, 'a', 'b')?.from ?? 0)).toBe(90 * DAY)
    await world.stop()
  })
})

describe('a room whose secret is rotated', () => {
  /** A newcomer with an invitation from before, beside devices that were there. */
  const rotated = async (membership: 'secret-only' | 'tofu' | 'certified') => {
    const world = createWorld({ seed: 5, peers: 4, membership })
    for (const name of ['a', 'b', 'c']) await world.settle(world.device(name).start())
    if (membership === 'certified') for (const name of ['b', 'c']) await admit(world, 'a', name)
    await put(world, 'a', 'm1')
    await world.until('all have it', () => ['b', 'c'].every((name) => has(world, name, 'm1')))
    await world.settle(world.device('c').stop())
    await world.settle(engineOf(world, 'a').members.rotateSecret())
    return world
  }

  test.each(['secret-only', 'tofu'] as const)(
    '%s: hands the new one to who was there, and lets no old invitation in',
    async (membership) => {
      const world = await rotated(membership)
      const before = engineOf(world, 'c').room.secret
      await world.until('b has it', () => engineOf(world, 'b').room.secret === engineOf(world, 'a').room.secret)
      expect(engineOf(world, 'a').room.secret).not.toBe(before)
      expect(engineOf(world, 'a').room.secret.startsWith(before)).toBe(true)
      await world.settle(world.device('c').start())
      await world.until('c is handed it', () => engineOf(world, 'c').room.secret === engineOf(world, 'a').room.secret)
      await world.settle(world.device('d').start())
      await world.until('d is refused', () => stateOf(world, 'a', 'd')?.fault === 'lock-changed')
      await world.pass(2 * MINUTES)
      expect([has(world, 'd', 'm1'), linked(world, 'b', 'd'), linked(world, 'b', 'c')]).toEqual([false, false, true])
      await world.stop()
    },
  )

  test('survives restarts, and is rotated again by another', async () => {
    const world = await rotated('tofu')
    await world.until('b has it', () => engineOf(world, 'b').room.secret === engineOf(world, 'a').room.secret)
    for (const name of ['a', 'b']) world.device(name).crash()
    for (const name of ['a', 'b']) await world.settle(world.device(name).start())
    await meet(world, 'a', 'b')
    const once = engineOf(world, 'a').room.secret
    await world.settle(engineOf(world, 'b').members.rotateSecret())
    await world.until('a has the second', () => engineOf(world, 'a').room.secret === engineOf(world, 'b').room.secret)
    expect(engineOf(world, 'a').room.secret).not.toBe(once)
    await world.stop()
  })

  test('where devices are admitted an admin rotates it, and nobody else', async () => {
    const world = await rotated('certified')
    await expect(engineOf(world, 'b').members.rotateSecret()).rejects.toMatchObject({ code: 'member-not-admin' })
    await world.until('b has it', () => engineOf(world, 'b').room.secret === engineOf(world, 'a').room.secret)
    await world.settle(world.device('c').start())
    await meet(world, 'b', 'c')
    await world.until('c is handed it', () => engineOf(world, 'c').room.secret === engineOf(world, 'a').room.secret)
    await world.stop()
  })
})

describe('a room that trusts on first use', () => {
  test('takes in whoever has the secret, until somebody removes the device', async () => {
    const world = createWorld({ seed: 3, peers: 3, membership: 'tofu' })
    await world.start()
    await put(world, 'b', 'm1')
    await world.until('all have it', () => ['a', 'c'].every((name) => has(world, name, 'm1')))
    await world.settle(engineOf(world, 'c').members.remove(idOf(world, 'b')))
    await world.until('a leaves it', () => stateOf(world, 'a', 'b')?.fault === 'member-removed')
    expect([standing(world, 'a', 'b'), standing(world, 'a', 'c')]).toEqual(['removed', 'member'])
    await world.stop()
  })
})

test('in a room that knows its secret alone nobody can be removed', async () => {
  const world = createWorld({ seed: 3, peers: 2 })
  await world.start()
  await put(world, 'a', 'm1')
  await world.until('b has it', () => has(world, 'b', 'm1'))
  await expect(engineOf(world, 'a').members.remove(idOf(world, 'b'))).rejects.toMatchObject({
    code: 'member-not-admin',
  })
  expect(engineOf(world, 'a').members).toMatchObject({ policy: 'secret-only', mayDecide: false })
  await expect(world.settle(engineOf(world, 'a').put('$member', 'x', {}))).rejects.toMatchObject({
    code: 'options-invalid',
  })
  await world.stop()
})
