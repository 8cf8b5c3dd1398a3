import { afterEach, expect, test, vi } from 'vitest'
import { createDrain, drained } from './drained.ts'

afterEach(() => void vi.useRealTimers())

test('turns end under fake timers too, those of immediates and microtasks included', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'queueMicrotask', 'Date', 'performance'] })
  const drain = createDrain()
  let turns = 0
  for (; turns < 40; turns++) await drain()
  await drained()
  expect(turns).toBe(40)
})

test('a turn ends after the microtasks that microtasks made', async () => {
  const seen: string[] = []
  const drain = createDrain()
  for (const turn of ['whole', 'quick']) {
    void Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => seen.push(turn))
    await drain()
  }
  expect(seen).toEqual(['whole', 'quick'])
})
