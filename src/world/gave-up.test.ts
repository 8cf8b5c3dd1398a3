import { describe, expect, test } from 'vitest'
import { MAX_ATTEMPTS, TIMINGS } from '#machines/kit/timings'
import { createWorld } from './create-world.ts'
import type { World } from './types.ts'

const SEEDS = [1, 2, 3]
const { connecting, greeting, backoffMax } = TIMINGS

/** All attempts of one device, each at its latest, and one more of the other side, which began at the last of them. */
const PATIENCE_MS = (MAX_ATTEMPTS.link + 1) * (connecting + greeting + backoffMax)
/** Ends that one device's attempts make: each its own, and one of the other side that answers or is asked to dial. */
const ENDS = 2 * MAX_ATTEMPTS.link
const HOUR_MS = 3_600_000

const statesOf = ({ devices }: World) => devices.map(({ engine }) => engine.store.getStatus().peers[0]?.state)
const isEach = (world: World, state: string) => statesOf(world).every((each) => each === state)

/** Two devices in one room, and no road between them. */
const apart = async (seed: number): Promise<World> => {
  const world = createWorld({ seed, peers: 2 })
  world.network.cut('a', 'b')
  await world.start()
  return world
}
/** Two who were linked, and lost their road. */
const parted = async (seed: number): Promise<World> => {
  const world = createWorld({ seed, peers: 2 })
  await world.start()
  await world.until('both are linked', () => isEach(world, 'connected'))
  world.network.cut('a', 'b')
  return world
}
const resigned = async (seed: number): Promise<World> => {
  const world = await apart(seed)
  await world.until('both gave up', () => isEach(world, 'gaveUp'), PATIENCE_MS)
  return world
}
/** Links that there are once both show one, within so many ms. */
const linksWithin = async (world: World, ms: number): Promise<number> => {
  await world.until('both are linked', () => isEach(world, 'connected'), ms)
  return world.network.links
}
/** For an hour nobody tries anything. */
const expectRest = async (world: World) => {
  const { made } = world.network
  await world.pass(HOUR_MS)
  expect([statesOf(world), world.network.made]).toEqual([['gaveUp', 'gaveUp'], made])
}

describe.each(SEEDS)('two devices in one room without a road to each other, seed %i', (seed) => {
  test('give up, both, and then nothing more is tried', async () => {
    const world = await resigned(seed)
    expect(world.network.made).toBeLessThanOrEqual(2 * ENDS)
    await expectRest(world)
    await world.stop()
  })

  test.each(['a', 'b'])('give up, both, also where %s starts again in the middle of it', async (name) => {
    const world = await parted(seed)
    await world.pass(5 * (connecting + greeting))
    await world.settle(world.device(name).stop())
    await world.settle(world.device(name).start())
    await world.until('both gave up', () => isEach(world, 'gaveUp'), 2 * PATIENCE_MS)
    expect(world.network.made).toBeLessThanOrEqual(3 * ENDS)
    await expectRest(world)
    await world.stop()
  })

  test('give up, both, also where the server came back to one of them first', async () => {
    const world = await parted(seed)
    world.server.stop()
    await world.until(
      'the server is given up',
      () => world.devices.every(({ engine }) => engine.store.getStatus().signaling?.state === 'gaveUp'),
      2 * HOUR_MS,
    )
    world.server.start()
    await world.settle(world.device('b').stop())
    await world.settle(world.device('b').start())
    const { made } = world.network
    world.device('a').engine.retry()
    await world.until('somebody tries', () => world.network.made > made)
    await world.until('both gave up', () => isEach(world, 'gaveUp'), 2 * PATIENCE_MS)
    expect(world.network.made - made).toBeLessThanOrEqual(2 * ENDS)
    await expectRest(world)
    await world.stop()
  })

  test.each(['a', 'b'])('a person’s “Try again” on %s costs attempts for one device, not for ever', async (name) => {
    const world = await resigned(seed)
    const { made } = world.network
    world.device(name).engine.retry()
    await world.pass(PATIENCE_MS)
    expect(world.network.made - made).toBeGreaterThan(MAX_ATTEMPTS.link)
    expect(world.network.made - made).toBeLessThanOrEqual(ENDS)
    await expectRest(world)
    await world.stop()
  })

  test.each(['a', 'b'])('once there is a road, “Try again” on %s alone links them', async (name) => {
    const world = await resigned(seed)
    world.network.heal('a', 'b')
    world.device(name).engine.retry()
    expect(await linksWithin(world, TIMINGS.heed + connecting)).toBe(1)
    await world.stop()
  })

  test.each(['a', 'b'])('a road that comes back while %s still tries after “Try again” links them', async (name) => {
    const world = await resigned(seed)
    world.device(name).engine.retry()
    await world.pass(2 * (connecting + backoffMax))
    world.network.heal('a', 'b')
    expect(await linksWithin(world, 2 * (connecting + greeting + backoffMax))).toBe(1)
    await world.stop()
  })

  test('a link made by “Try again” that breaks at once is made anew', async () => {
    const world = await resigned(seed)
    world.network.heal('a', 'b')
    world.device('a').engine.retry()
    expect(await linksWithin(world, TIMINGS.heed + connecting)).toBe(1)
    world.network.breakLinks('a', 'b')
    await world.until('somebody noticed', () => !isEach(world, 'connected'))
    expect(statesOf(world)).not.toContain('gaveUp')
    expect(await linksWithin(world, 2 * (connecting + greeting + backoffMax))).toBe(1)
    await world.stop()
  })

  test('who leaves and comes again is tried anew, and in the end given up again', async () => {
    const world = await resigned(seed)
    const { made } = world.network
    await world.settle(world.device('b').stop())
    await world.settle(world.device('b').start())
    await world.until('it is tried', () => statesOf(world).some((state) => state === 'connecting'))
    await world.pass(PATIENCE_MS)
    expect(world.network.made - made).toBeLessThanOrEqual(2 * ENDS)
    await expectRest(world)
    await world.stop()
  })
})
