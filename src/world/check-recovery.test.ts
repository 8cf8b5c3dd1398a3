import { describe, expect, test } from 'vitest'
import { RECOVERY_MS } from './check-recovery.ts'
import { createWorld } from './create-world.ts'
import type { World, WorldDevice } from './types.ts'

const SEEDS = [1, 2, 3]

/** What goes wrong, up to the moment from which on everything is well again. */
type Harm = (world: World) => Promise<void> | void

const HARMS: Record<Exclude<keyof typeof RECOVERY_MS, 'anything'>, Harm> = {
  brokenLink: (world) => world.network.breakLinks('a', 'b'),
  silentLink: async (world) => {
    world.network.cut('a', 'b')
    await world.pass(12_000)
    world.network.heal('a', 'b')
  },
  server: async (world) => {
    world.server.stop()
    world.network.breakLinks()
    await world.pass(100_000)
    world.server.start()
  },
  restart: async (world) => {
    world.device('b').crash()
    await world.pass(30_000)
    await world.settle(world.device('b').start())
  },
  disk: async (world) => {
    const { disk } = world.device('b')
    disk.fill()
    await world.settle(world.device('a').engine.put('reading', 'refused', { kwh: 1 }))
    await world.pass(100_000)
    expect(lacks(world.device('a'), world.device('b'))).toBe(true)
    disk.free()
  },
  message: async (world) => {
    world.network.shape({ bytesPerSecond: 100_000 })
    const photo = Array.from({ length: 50_000 }, (_, i) => Math.imul(i + 1, 0x9e3779b9).toString(36)).join('')
    await world.settle(world.device('a').engine.put('reading', 'photo', { photo }))
    await world.until('some of it is there', () => world.device('b').restingBytes > 0)
    world.network.breakLinks('a', 'b')
    world.network.shape({ bytesPerSecond: Number.POSITIVE_INFINITY })
  },
}

const calm = async (seed: number): Promise<World> => {
  const world = createWorld({ seed, peers: 3 })
  await world.start()
  await world.quiesce()
  return world
}

/** What one device holds and the other does not show. */
const lacks = (from: WorldDevice, to: WorldDevice): boolean =>
  from.engine.records('reading').some(({ id }) => to.engine.record('reading', id) === undefined)
const isConnectedTo = (from: WorldDevice, to: WorldDevice): boolean =>
  from.engine.store.getStatus().peers.some((peer) => peer.peerId === to.engine.peerId && peer.state === 'connected')

/** ms until a and b are linked and each has what the other wrote; nothing new is written meanwhile, which would help. */
const recovered = async (world: World, withinMs: number): Promise<number> => {
  const [a, b] = [world.device('a'), world.device('b')]
  const began = world.now()
  const isWell = () => isConnectedTo(a, b) && isConnectedTo(b, a) && !lacks(a, b) && !lacks(b, a)
  await world.until('a and b have each other’s writes', isWell, withinMs)
  return world.now() - began
}

describe('once all is well again, two devices have each other’s writes within the bound of', () => {
  const cases = Object.entries(HARMS).flatMap(([key, harm]) => SEEDS.map((seed) => ({ key, harm, seed })))
  test.each(cases)('$key, seed $seed', async ({ key, harm, seed }) => {
    const bound = RECOVERY_MS[key as keyof typeof HARMS]
    const world = await calm(seed)
    const puts = ['a', 'b'].map((name) => world.device(name).engine.put('reading', `of ${name}`, { kwh: 1 }))
    await world.settle(Promise.all(puts))
    await harm(world)
    expect(await recovered(world, bound)).toBeLessThanOrEqual(bound)
    await world.stop()
  })

  test.each(SEEDS)('anything, seed %i', async (seed) => {
    const world = await calm(seed)
    world.server.stop()
    world.network.breakLinks()
    world.network.partition(['a'], ['b', 'c'])
    world.device('b').disk.fill()
    world.device('c').crash()
    world.device('a').freeze()
    await world.pass(150_000)
    expect(await world.quiesce()).toBeLessThanOrEqual(RECOVERY_MS.anything)
    await world.stop()
  })
})
