import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import type { PresenceFact } from '#machines/ports'
import { hear } from '../heard.testing.ts'
import { createPresence } from './presence.ts'
import { createSleepyClock } from './sleepy-clock.testing.ts'

const createPage = () => {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const navigator = {
    onLine: true,
    connection: Object.assign(new EventTarget(), { type: 'wifi' as string | undefined }),
  }
  const window = new EventTarget()
  return {
    page: { window, document, navigator },
    clock: createSleepyClock(),
    /** Turns a page kept for the back button into a fact, or one that is not kept. */
    turn: (type: 'pageshow' | 'pagehide', persisted: boolean) =>
      window.dispatchEvent(Object.assign(new Event(type), { persisted })),
    show: (visibilityState: 'visible' | 'hidden') => {
      document.visibilityState = visibilityState
      document.dispatchEvent(new Event('visibilitychange'))
    },
  }
}

const start = (world: ReturnType<typeof createPage>, signal?: AbortSignal) =>
  hear<PresenceFact, Record<string, never>>(
    createPresence({ page: world.page, clock: world.clock, ...(signal && { signal }) }),
    {},
  )

test('every event of the page becomes one fact', () => {
  const world = createPage()
  const { window, document, navigator } = world.page
  const { facts, stop } = start(world)
  window.dispatchEvent(new Event('offline'))
  window.dispatchEvent(new Event('online'))
  world.show('hidden')
  world.show('visible')
  document.dispatchEvent(new Event('freeze'))
  document.dispatchEvent(new Event('resume'))
  navigator.connection.type = 'cellular'
  navigator.connection.dispatchEvent(new Event('change'))
  world.turn('pagehide', true)
  world.turn('pageshow', true)
  world.turn('pagehide', false)
  world.turn('pageshow', false)
  expect(facts.map(({ type }) => type)).toEqual([
    'page.offline',
    'page.online',
    'page.hidden',
    'page.visible',
    'page.frozen',
    'page.resumed',
    'network.changed',
    'page.frozen',
    'page.resumed',
    'page.leaving',
    'page.visible',
  ])
  stop()
})

test('only another kind of network is a change, not another estimate of its speed', () => {
  const world = createPage()
  const { connection } = world.page.navigator
  const { facts, stop } = start(world)
  const change = (type: string) => {
    connection.type = type
    connection.dispatchEvent(new Event('change'))
    return facts.length
  }
  expect(['wifi', 'wifi', 'cellular', 'cellular', 'wifi'].map(change)).toEqual([0, 0, 1, 1, 2])
  expect(new Set(facts.map(({ type }) => type))).toEqual(new Set(['network.changed']))
  stop()
})

test('a browser that does not tell the kind of network is believed only when it is online again, or no more', () => {
  const world = createPage()
  const { navigator } = world.page
  navigator.connection.type = undefined
  const { facts, stop } = start(world)
  const change = (onLine: boolean) => {
    navigator.onLine = onLine
    navigator.connection.dispatchEvent(new Event('change'))
    return facts.length
  }
  expect([true, true, false, false, true].map(change)).toEqual([0, 0, 1, 1, 2])
  stop()
})

test('a page that starts offline and hidden says so', () => {
  const world = createPage()
  world.page.navigator.onLine = false
  world.page.document.visibilityState = 'hidden'
  const { facts, stop } = start(world)
  expect(facts).toEqual([{ type: 'page.offline' }, { type: 'page.hidden' }])
  stop()
})

test('timers that ran late mean that the machine slept', () => {
  const world = createPage()
  const { facts, stop } = start(world)
  world.clock.run(60_000)
  world.clock.sleep(9_999)
  world.clock.run(5_000)
  expect(facts).toEqual([])
  world.clock.sleep(3_600_000)
  world.clock.run(5_000)
  expect(facts).toEqual([{ type: 'page.woke', gapMs: 3_600_000 }])
  stop()
})

test('the slow timers of a hidden page are not taken for sleep', () => {
  const world = createPage()
  world.page.document.visibilityState = 'hidden'
  const { facts, stop } = start(world)
  world.clock.sleep(60_000)
  world.clock.run(5_000)
  expect(facts).toEqual([{ type: 'page.hidden' }])
  world.clock.sleep(120_000)
  world.clock.run(5_000)
  expect(facts.at(-1)).toEqual({ type: 'page.woke', gapMs: 120_000 })
  stop()
})

test('a page without document, navigator or window, as in Node, still notices sleep', () => {
  const world = createPage()
  const { facts, stop } = hear<PresenceFact, Record<string, never>>(
    createPresence({ page: {}, clock: world.clock }),
    {},
  )
  world.clock.sleep(60_000)
  world.clock.run(5_000)
  expect(facts).toEqual([{ type: 'page.woke', gapMs: 60_000 }])
  stop()
})

test('stopped or aborted, it hears nothing more', () => {
  const world = createPage()
  const abort = new AbortController()
  const [added, removed] = [
    vi.spyOn(world.page.document, 'addEventListener'),
    vi.spyOn(world.page.document, 'removeEventListener'),
  ]
  const stopped = start(world)
  const aborted = start(world, abort.signal)
  stopped.stop()
  expect(removed.mock.calls).toEqual(added.mock.calls.slice(0, 3))
  expect(world.clock.armed).toBe(1)
  abort.abort()
  expect(removed.mock.calls).toEqual(added.mock.calls)
  expect(world.clock.armed).toBe(0)
  world.show('hidden')
  world.page.window.dispatchEvent(new Event('online'))
  world.clock.sleep(3_600_000)
  world.clock.run(60_000)
  expect([...stopped.facts, ...aborted.facts]).toEqual([])
})

test('never stopped, it is gone with its page', async () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const startOn = (world: ReturnType<typeof createPage>) => {
    start(world)
    return new WeakRef(world.page.document)
  }
  const forgotten = startOn(createPage())
  await vi.waitFor(() => {
    collect()
    // Not the object itself: a failed look would hold on to it.
    expect(forgotten.deref() === undefined).toBe(true)
  })
})
