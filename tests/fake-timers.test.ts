import { afterEach, expect, test, vi } from 'vitest'
import { createWorld } from '#world/create-world'

afterEach(() => void vi.useRealTimers())

test('a world turns under the fake timers of an application’s own tests', async () => {
  vi.useFakeTimers()
  const world = createWorld({ seed: 1, peers: 2 })
  await world.start()
  await world.settle(world.device('a').engine.put('reading', 'm1', { kwh: 812 }))
  await world.quiesce()
  expect(world.device('b').engine.record('reading', 'm1')?.value).toEqual({ kwh: 812 })
  await world.stop()
})
