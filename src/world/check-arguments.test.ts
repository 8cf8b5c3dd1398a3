import { describe, expect, test } from 'vitest'
import { createWorld } from './create-world.ts'
import type { Road, World } from './types.ts'

const refusing = (says: string | RegExp): object =>
  expect.objectContaining({ code: 'options-invalid', message: expect.stringMatching(says) })

describe('a place that there is not is refused with the names of those there are:', () => {
  const DEEDS: Readonly<Record<string, (world: World) => void>> = {
    cut: ({ network }) => network.cut('a', 'z'),
    heal: ({ network }) => network.heal('z', 'a'),
    partition: ({ network }) => network.partition(['a'], ['b', 'z']),
    shape: ({ network }) => network.shape({ latencyMs: 9 }, 'a', 'z'),
    breakLinks: ({ network }) => network.breakLinks('a', 'z'),
    vanishLinks: ({ network }) => network.vanishLinks('z'),
  }
  test.each(Object.entries(DEEDS))('%s', (_, deed) => {
    const world = createWorld({ seed: 1, peers: 2 })
    expect(() => deed(world)).toThrow(refusing(/There is no “z” in this world: it has a, b/))
  })

  test('hostile peers and the server are places; links to the server there are none', () => {
    const world = createWorld({ seed: 1, peers: 2 })
    const { name } = world.addHostile()
    world.network.cut('a', name)
    world.network.partition(['a', 'server'], ['b', name])
    world.network.shape({ loss: 0.1 }, 'server')
    world.network.vanishLinks(name)
    expect(() => world.network.breakLinks('server')).toThrow(refusing(`it has a, b, ${name}\\.`))
  })
})

describe('a road of impossible shape is refused, in the options and later:', () => {
  // What a test in plain JavaScript may well give.
  const ROADS: readonly (readonly [object, RegExp])[] = [
    [{ loss: 3 }, /loss is a share from 0 to 1, not 3/],
    [{ latency: 5 }, /has no “latency”: it has latencyMs, jitterMs, loss, bytesPerSecond/],
    [{ latencyMs: Number.NaN }, /latencyMs is ms from 0 up, not NaN/],
    [{ jitterMs: -1 }, /jitterMs is ms from 0 up, not -1/],
    [{ latencyMs: '5' }, /latencyMs is ms from 0 up, not 5/],
    [{ bytesPerSecond: 0 }, /bytesPerSecond is more than 0, Infinity for no limit, not 0/],
  ]
  test.each(ROADS)('%j', (shape, words) => {
    const road: Partial<Road> = shape
    expect(() => createWorld({ seed: 1, peers: 2, road })).toThrow(refusing(words))
    expect(() => createWorld({ seed: 1, peers: 2 }).network.shape(road)).toThrow(refusing(words))
  })

  test('one of possible shape is taken', () => {
    const road = { latencyMs: 0, jitterMs: 2.5, loss: 1, bytesPerSecond: Number.POSITIVE_INFINITY }
    expect(() => createWorld({ seed: 1, peers: 2, road })).not.toThrow()
  })
})

test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('%d is no span of time', async (ms) => {
  const world = createWorld({ seed: 1, peers: 1 })
  await expect(world.pass(ms)).rejects.toThrow(refusing(/pass takes ms from 0 up/))
  await expect(world.until('never', () => false, ms)).rejects.toThrow(refusing(/until takes ms from 0 up/))
  expect(() => world.after(ms, () => {})).toThrow(refusing(/after takes ms from 0 up/))
})

test('a disk in use is not wiped or restored, nor one restored that was never backed up', async () => {
  const world = createWorld({ seed: 1, peers: 1 })
  const a = world.device('a')
  expect(() => a.disk.restore()).toThrow(refusing(/call backup\(\) first/))
  a.disk.backup()
  await world.start()
  expect(() => a.disk.wipe()).toThrow(refusing(/Wipe a device while it is off: call crash\(\) or stop\(\) first/))
  expect(() => a.disk.restore()).toThrow(refusing(/Restore a device while it is off/))
  a.freeze()
  expect(() => a.disk.wipe()).toThrow(refusing(/while it is off/))
  expect(a.disk.losses).toBe(0)
  a.crash()
  a.disk.restore()
  a.disk.wipe()
  expect(a.disk.losses).toBe(2)
})
