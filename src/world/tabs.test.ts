import { describe, expect, test } from 'vitest'
import { checkStopped, checkWorld, watchWorld } from './checkers.ts'
import { createWorld } from './create-world.ts'
import type { World } from './types.ts'

const phaseOf = (world: World, name: string) => world.device(name).engine.store.getStatus().phase
const statesOf = ({ devices }: World) => devices.map(({ name, state }) => `${name} ${state}`)

/** Two devices; c is a second tab of a. */
const started = async (seed = 1): Promise<World> => {
  const world = createWorld({ seed, peers: 3, tabs: { c: 'a' } })
  watchWorld(world)
  await world.start()
  return world
}
const leaves = async (world: World) => {
  await world.quiesce()
  const atRest = await checkWorld(world)
  await world.stop()
  return [...world.findings, ...atRest, ...(await checkStopped(world))]
}

describe('a second tab of a device', () => {
  test('stands by, is no other device, and leaves a world quiet without it', async () => {
    const world = await started()
    expect(statesOf(world)).toEqual(['a running', 'b running', 'c standby'])
    expect(world.device('c').tabOf).toBe('a')
    expect(world.device('a').tabOf).toBeUndefined()
    await world.settle(world.device('a').engine.put('reading', 'm1', { kwh: 812 }))
    await world.quiesce()
    expect(world.device('b').engine.store.getStatus().peers).toHaveLength(1)
    expect(world.device('c').engine.records('reading')).toEqual([])
    await expect(world.settle(world.device('c').engine.put('reading', 'm2', {}))).rejects.toMatchObject({
      code: 'not-running',
    })
    expect(await leaves(world)).toEqual([])
  })

  test.each(['stop', 'crash'] as const)(
    'takes the same log over, as the same device, after a %s of the first',
    async (end) => {
      const world = await started()
      const [a, b, c] = world.devices as [World['devices'][0], World['devices'][0], World['devices'][0]]
      await world.settle(a.engine.put('reading', 'm1', { kwh: 812 }))
      const { peerId } = a.engine
      if (end === 'stop') await world.settle(a.stop())
      else a.crash()
      await world.until('the second tab leads', () => c.state === 'running' && phaseOf(world, 'c') === 'running')
      expect(c.peerIds).toEqual([peerId])
      expect(c.engine.record('reading', 'm1')?.value).toEqual({ kwh: 812 })
      await world.settle(c.engine.put('reading', 'm2', { kwh: 7 }))
      await world.until('the other device has it', () => b.engine.record('reading', 'm2') !== undefined)
      expect(b.engine.store.getStatus().peers.map((peer) => peer.peerId)).toEqual([peerId])
      // The device is still there, whichever of its tabs is gone: nobody may be blamed for showing it (WORLD-17).
      await world.pass(60_000)
      await world.settle(a.start())
      expect(statesOf(world)).toEqual(['a standby', 'b running', 'c running'])
      await world.pass(60_000)
      expect(await leaves(world)).toEqual([])
    },
  )

  test('is on the same network: a cut of the device cuts its tabs off', async () => {
    const world = await started()
    world.network.cut('a', 'b')
    expect(world.network.isOpen('c', 'b')).toBe(false)
    world.network.heal('c', 'b')
    expect(world.network.isOpen('a', 'b')).toBe(true)
    world.network.shape({ latencyMs: 80 }, 'c', 'b')
    expect(world.network.road('b', 'a').latencyMs).toBe(80)
    expect(await leaves(world)).toEqual([])
  })

  test('sleeps and wakes with its device, and freezes alone', async () => {
    const world = await started()
    world.device('c').sleep()
    expect(statesOf(world)).toEqual(['a asleep', 'b running', 'c asleep'])
    world.device('a').wake()
    expect(statesOf(world)).toEqual(['a running', 'b running', 'c standby'])
    world.device('a').freeze()
    await world.pass(60_000)
    expect(statesOf(world)).toEqual(['a frozen', 'b running', 'c standby'])
    expect(await leaves(world)).toEqual([])
  })

  test('shares the disk: it may be wiped only while no tab uses it', async () => {
    const world = await started()
    world.device('a').crash()
    expect(() => world.device('a').disk.wipe()).toThrow('while it is off')
    world.device('c').crash()
    world.device('a').disk.wipe()
    expect(world.device('c').disk.losses).toBe(1)
  })

  test('is the same run, to the byte, each time', async () => {
    const digestOf = async () => {
      const world = await started(3)
      world.device('a').crash()
      await world.pass(5_000)
      return world.digest()
    }
    expect(await digestOf()).toBe(await digestOf())
  })

  test.each([
    [{ c: 'x' }, /no “x”/],
    [{ x: 'a' }, /no “x”/],
    [{ c: 'c' }, /no device of its own/],
    [{ c: 'a', b: 'c' }, /no device of its own/],
  ])('is refused with words: %j', (tabs, words) => {
    expect(() => createWorld({ seed: 1, peers: 3, tabs })).toThrow(words)
  })
})

describe('time, timer by timer', () => {
  test('is the same run as time that passes at once', async () => {
    const [one, other] = [createWorld({ seed: 5, peers: 2 }), createWorld({ seed: 5, peers: 2 })]
    const starting = [one.start(), other.start()]
    await starting[0]
    await starting[1]
    await one.pass(3_000)
    const end = one.now()
    let steps = 0
    other.onStep(() => {
      steps += 1
    })
    while ((other.nextAt() ?? Number.POSITIVE_INFINITY) <= end) {
      const due = other.nextAt()
      expect(await other.step()).toBe(true)
      expect(other.now()).toBe(due)
    }
    expect(steps).toBeGreaterThan(20)
    expect(other.digest()).toBe(one.digest())
  })

  test('stands still where nothing is armed', async () => {
    const world = createWorld({ seed: 1, peers: 1 })
    expect(world.nextAt()).toBeUndefined()
    expect(await world.step()).toBe(false)
    expect(world.now()).toBe(0)
  })

  test('takes what was begun a moment before into account', async () => {
    const world = createWorld({ seed: 1, peers: 1 })
    void world.device('a').start()
    expect(await world.step()).toBe(true)
    expect(world.now()).toBeGreaterThan(0)
  })

  test('is held by the pace, and what happens is the same', async () => {
    const waiting: (() => void)[] = []
    const held = createWorld({
      seed: 5,
      peers: 2,
      pace: () => new Promise((resolve) => void waiting.push(resolve)),
    })
    const free = createWorld({ seed: 5, peers: 2 })
    let isOver = false
    const passing = held.start().then(() => {
      isOver = true
    })
    await free.start()
    await new Promise((resolve) => setImmediate(resolve))
    expect(held.now()).toBe(0)
    while (!isOver) {
      for (const go of waiting.splice(0)) go()
      await new Promise((resolve) => setImmediate(resolve))
    }
    await passing
    expect(held.now()).toBe(free.now())
    expect(held.digest()).toBe(free.digest())
  })
})
