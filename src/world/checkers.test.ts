import { describe, expect, test } from 'vitest'
import { createFindings } from './check-rules.ts'
import { checkStopped, checkWorld, watchWorld, WORLD_RULES } from './checkers.ts'
import { createWorld } from './create-world.ts'
import type { World, WorldDevice } from './types.ts'

const quietWorld = async (seed = 1): Promise<World> => {
  const world = createWorld({ seed, peers: 3 })
  watchWorld(world)
  await world.start()
  world.network.partition(['a'], ['b'])
  const writes = ['a', 'b', 'c'].map((name) => world.device(name).engine.put('reading', 'm1', { kwh: name }))
  await world.quiesce()
  await Promise.all(writes)
  return world
}

/** The world with something else in the place of a device's part. */
const lying = (world: World, name: string, part: Partial<WorldDevice>): void => {
  for (const [key, value] of Object.entries(part))
    Object.defineProperty(world.device(name), key, { configurable: true, get: () => value })
}
const lyingEngine = (device: WorldDevice, lies: object): WorldDevice['engine'] => {
  const { engine } = device
  return new Proxy(engine, { get: (target, key) => Reflect.get(key in lies ? lies : target, key) })
}
const rulesOf = async (world: World): Promise<string[]> => {
  const atRest = await checkWorld(world)
  return [...new Set([...world.findings, ...atRest].map(({ rule }) => rule))]
}

describe('the checkers', () => {
  test('find nothing in a world where nothing is wrong, at rest and after its stop', async () => {
    const world = await quietWorld()
    expect(world.device('a').engine.conflicts()).toHaveLength(1)
    expect(await rulesOf(world)).toEqual([])
    await world.stop()
    expect([...world.findings, ...(await checkStopped(world))]).toEqual([])
  })

  test('look without leaving a trace: a watched world runs as an unwatched one', async () => {
    const digests = [true, false].map(async (watched) => {
      const world = createWorld({ seed: 5, peers: 3 })
      if (watched) watchWorld(world)
      await world.start()
      world.device('a').disk.setSlowness(40)
      const writing = world.device('a').engine.put('reading', 'm1', { kwh: 1 })
      await world.pass(20_000)
      await writing
      return world.digest()
    })
    expect(await digests[0]).toBe(await digests[1])
  })

  test('see a record that one device shows otherwise than its disk says', async () => {
    const world = await quietWorld()
    const b = world.device('b')
    const lie = b.engine.records('reading').map((view) => ({ ...view, value: { kwh: 'x' } }))
    lying(world, 'b', { engine: lyingEngine(b, { records: () => lie }) })
    const findings = await checkWorld(world)
    expect(findings.map(({ rule }) => rule)).toContain('WORLD-2')
    expect(findings.map(({ rule }) => rule)).toContain('WORLD-1')
    expect(findings[0]?.says).toMatch(/record reading\/m1: .*b shows .*"x"/)
  })

  test('see a value that is nowhere shown, and a conflict that is missing', async () => {
    const world = await quietWorld()
    const c = world.device('c')
    const [view] = c.engine.records('reading')
    const fields = { kwh: { value: 'c', dot: { peerId: c.engine.peerId, seq: 1 } } }
    lying(world, 'c', { engine: lyingEngine(c, { record: () => view && { ...view, fields }, conflicts: () => [] }) })
    expect(await rulesOf(world)).toEqual(['WORLD-2', 'WORLD-1', 'WORLD-5'])
  })

  test('see a disk that forgets, and a write that is gone from it', async () => {
    const world = await quietWorld()
    const empty = createWorld({ seed: 2, peers: 1 }).device('a').disk
    const { disk } = world.device('b')
    const forgetful = new Proxy(disk, { get: (target, key) => Reflect.get(key === 'look' ? empty : target, key) })
    lying(world, 'b', { disk: forgetful })
    const rules = await rulesOf(world)
    expect(rules).toEqual(expect.arrayContaining(['WORLD-7', 'WORLD-3', 'WORLD-2']))
  })

  test('see what a receipt claims too much', async () => {
    const world = await quietWorld()
    const a = world.device('a')
    const receipts = (dot: { peerId: string; seq: number }) => ({ dot, state: 'local', on: [], lacking: [] })
    lying(world, 'a', { engine: lyingEngine(a, { receipts }) })
    expect(await rulesOf(world)).toEqual(['WORLD-9'])
  })

  test('see what is left after a stop', async () => {
    const world = await quietWorld()
    await world.stop()
    lying(world, 'a', { timers: 2 })
    expect(await checkStopped(world)).toEqual([{ rule: 'WORLD-14', says: 'a: 2 timers are armed' }])
  })

  test('do not ask for what only a wiped disk held, and do ask for what another disk held', async () => {
    const world = createWorld({ seed: 4, peers: 2 })
    watchWorld(world)
    await world.start()
    const [a, b] = [world.device('a'), world.device('b')]
    await world.settle(a.engine.put('reading', 'shared', { kwh: 1 }))
    await world.until('b has it too', () => b.engine.record('reading', 'shared') !== undefined)
    world.network.partition(['a', 'server'], ['b'])
    await world.settle(a.engine.put('reading', 'lost', { kwh: 2 }))
    a.crash()
    a.disk.wipe()
    await world.quiesce()
    expect(await rulesOf(world)).toEqual([])
    expect(b.engine.records('reading').map(({ id }) => id)).toEqual(['shared'])
    expect(a.engine.records('reading').map(({ id }) => id)).toEqual(['shared'])
  })
})

test('of each rule a few findings are told, not all', () => {
  const findings = createFindings()
  for (let i = 0; i < 100; i++) findings.add('WORLD-1', String(i))
  expect(findings.found).toHaveLength(5)
})

test('rules have words', () => {
  expect(Object.keys(WORLD_RULES)).toEqual(Array.from({ length: 18 }, (_, i) => `WORLD-${i + 1}`))
})
