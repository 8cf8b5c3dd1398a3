import { describe, expect, test } from 'vitest'
import { LIMITS } from '#model/limits'
import { createWorld } from '#world/create-world'
import { bombs, endlessFloods, hellos } from '#world/hostile-floods'
import { WORLD_BEGINS } from '#world/machine'
import type { HostileFrame } from '#world/hostile-frames'
import type { HostilePeer, World } from '#world/types'

const SEED = 20_261_123
/** As the words of the fault say. */
const TEN_MINUTES = 10 * 60_000
const HONEST = ['a', 'b'] as const

/** Two honest devices and a member that is up to something. */
const besieged = async (arms: readonly HostileFrame[], seed = SEED) => {
  const world = createWorld({ seed, peers: HONEST.length })
  const bans: { by: string; peerId: string | undefined; at: number }[] = []
  let most = 0
  for (const { name, engine } of world.devices)
    engine.on('fault', ({ fault, peerId }) => {
      if (fault === 'peer-banned') bans.push({ by: name, peerId, at: world.now() })
    })
  world.onStep(() => {
    for (const { restingBytes } of world.devices) most = Math.max(most, restingBytes)
  })
  await world.start()
  await world.until('both are linked', () => world.isQuiet())
  const hostile = world.addHostile(arms)
  /** The hostile member as a device shows it. */
  const shown = (name: string) =>
    world
      .device(name)
      .engine.store.getStatus()
      .peers.find(({ peerId }) => peerId === hostile.peerId)
  return { world, hostile, bans, shown, mostBytes: () => most }
}
type Siege = Awaited<ReturnType<typeof besieged>>

const isRefusedByAll = ({ shown }: Siege) => HONEST.every((name) => shown(name)?.state === 'refused')
const isBannedByAll = ({ shown }: Siege) => HONEST.every((name) => shown(name)?.fault === 'peer-banned')

/** Both write, and both have what both wrote. */
const expectConvergence = async ({ world }: Siege, round: string) => {
  for (const name of HONEST)
    await world.settle(world.device(name).engine.put('reading', `${round} ${name}`, { kwh: name.length }))
  await world.until('both have what both wrote', () => world.devices.every((one) => hasAll(one.engine, round)))
}
const hasAll = (engine: World['devices'][number]['engine'], round: string) =>
  HONEST.every((name) => engine.record('reading', `${round} ${name}`)?.alive === true)

/** What one link may keep in memory, and what the honest one has under way. */
const MEMORY = LIMITS.peerBytes + 1_048_576

const end = async (siege: Siege) => {
  const { world, bans, hostile } = siege
  expect(world.findings).toEqual([])
  expect(bans.filter(({ peerId }) => peerId !== hostile.peerId)).toEqual([])
  expect(siege.mostBytes()).toBeLessThan(MEMORY)
  await world.quiesce()
  await world.stop()
}

describe('a member of the room that sends nothing but', () => {
  test.each([...endlessFloods, ...bombs].map((weapon) => ({ is: weapon.is, weapon })))(
    '$is is banned by both, who go on as if it were not there',
    async ({ weapon }) => {
      const siege = await besieged([weapon])
      await expectConvergence(siege, 'during')
      await siege.world.until('both have banned it', () => isBannedByAll(siege))
      expect(siege.bans.map(({ by }) => by).toSorted()).toEqual([...HONEST])
      await expectConvergence(siege, 'after')
      await end(siege)
    },
  )

  test('hellos is refused by both at the first', async () => {
    const siege = await besieged([hellos])
    await siege.world.until('both have refused it', () => isRefusedByAll(siege))
    for (const name of HONEST) expect(['handshake-broken', 'peer-banned']).toContain(siege.shown(name)?.fault)
    await expectConvergence(siege, 'after')
    await end(siege)
  })
})

/** In the one world the hostile member is dialed by both, in the other by one. */
test.each([4, 2])(
  'signals without end make few connections, are laid to nobody, and keep nobody from anything: seed %i',
  async (seed) => {
    const siege = await besieged([], seed)
    const { world, hostile, bans } = siege
    await world.pass(1_000)
    const before = world.network.made
    for (let i = 0; i < 600; i++) {
      hostile.pester(10)
      await world.pass(100)
    }
    // The server lets 1,800 through. Once in ten seconds one gets an attempt at once, the others wait for the usual pauses.
    expect(world.network.made - before).toBeLessThan(120)
    expect(bans).toEqual([])
    await expectConvergence(siege, 'meanwhile')
    await end(siege)
  },
)

/** Links of the hostile member, as it counts them. */
const linksDuring = async ({ world, hostile }: { world: World; hostile: HostilePeer }, ms: number) => {
  const before = hostile.linked
  await world.pass(ms)
  return hostile.linked - before
}

describe('a banned member', () => {
  test('gets no link for ten minutes, however it calls; then it is heard again, and banned again', async () => {
    const siege = await besieged([...endlessFloods, ...bombs])
    const { world, bans, hostile } = siege
    await world.until('both have banned it', () => isBannedByAll(siege))
    const [last = 0] = bans.map(({ at }) => at).slice(-1)
    const [first = 0] = bans.map(({ at }) => at)
    expect(await linksDuring(siege, first + TEN_MINUTES - world.now() - 1)).toBe(0)
    expect(isBannedByAll(siege)).toBe(true)
    await expectConvergence(siege, 'meanwhile')
    const before = hostile.linked
    await world.until('it is heard again', () => hostile.linked > before, last - first + 30_000)
    await world.until('both have banned it again', () => bans.length >= 2 * HONEST.length)
    for (const name of HONEST) {
      const [one = 0, next = 0] = bans.filter(({ by }) => by === name).map(({ at }) => at)
      expect(next - one).toBeGreaterThanOrEqual(TEN_MINUTES)
    }
    await expectConvergence(siege, 'after')
    await end(siege)
  })

  test('is explained, with the time it ends, and let off by a person who names it', async () => {
    const siege = await besieged(bombs)
    const { world, hostile, bans } = siege
    await world.until('both have banned it', () => isBannedByAll(siege))
    const { engine } = world.device('a')
    const [why] = engine.explain(hostile.peerId)
    expect(why).toMatchObject({ state: 'refused', fault: 'peer-banned', healthy: false })
    expect(why?.cause).toContain('ten minutes')
    expect(why?.nextStep).toContain('Try again')
    const { at = 0 } = bans.find(({ by }) => by === 'a') ?? {}
    expect((why?.until ?? 0) - WORLD_BEGINS - at).toBeCloseTo(TEN_MINUTES, 0)
    engine.retry()
    expect(await linksDuring(siege, 30_000)).toBe(0)
    engine.retry(hostile.peerId)
    const before = hostile.linked
    await world.until('it is heard again', () => hostile.linked > before, 30_000)
    await end(siege)
  })

  test('is still banned after it was forgotten', async () => {
    const siege = await besieged(bombs)
    const { world, hostile, shown } = siege
    await world.until('both have banned it', () => isBannedByAll(siege))
    await world.settle(world.device('a').engine.forget(hostile.peerId))
    expect(await linksDuring(siege, 60_000)).toBe(0)
    expect(shown('a')?.fault).toBe('peer-banned')
    await end(siege)
  })

  test('is spoken with by an engine that was started anew: a ban is kept in memory only', async () => {
    const siege = await besieged(bombs)
    const { world, hostile } = siege
    await world.until('both have banned it', () => isBannedByAll(siege))
    await world.settle(world.device('a').stop())
    await world.settle(world.device('a').start())
    const before = hostile.linked
    await world.until('it is heard again', () => hostile.linked > before, 30_000)
    expect(siege.shown('b')?.fault).toBe('peer-banned')
    await end(siege)
  })
})
