import { expect, onTestFinished, test, vi } from 'vitest'
import type { LeadershipFact } from '#machines/ports'
import { hear } from '../heard.testing.ts'
import { createLeadership } from './leadership.ts'

const start = (name: string, options?: Parameters<typeof createLeadership>[0]) => {
  const heard = hear<LeadershipFact, { name: string }>(createLeadership(options), { name })
  onTestFinished(heard.stop)
  return { ...heard, types: () => heard.facts.map(({ type }) => type) }
}

/** The lock manager of another page of the same origin. */
const otherPage = async (): Promise<{ locks: LockManager; close(): void }> => {
  const frame = document.createElement('iframe')
  frame.srcdoc = '<p>another tab</p>'
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  document.body.append(frame)
  await loaded
  onTestFinished(() => frame.remove())
  const inner = frame.contentWindow
  if (inner === null) throw new Error('The frame has no window.')
  return { locks: inner.navigator.locks, close: () => frame.remove() }
}

const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 5_000 })

const waitingFor = async (name: string): Promise<number> => {
  const { pending = [] } = await navigator.locks.query()
  return pending.filter((lock) => lock.name === `fieldmesh:${name}`).length
}

const BLOCKED = ['leadership.blocked']
const TAKEN_OVER = ['leadership.blocked', 'leadership.acquired']

test('the first leads, the second is blocked and takes over when the first stops', async () => {
  const name = crypto.randomUUID()
  const first = start(name)
  await until(() => expect(first.types()).toEqual(['leadership.acquired']))
  const second = start(name)
  await until(() => expect(second.types()).toEqual(BLOCKED))
  first.stop()
  await until(() => expect(second.types()).toEqual(TAKEN_OVER))
  expect(first.types()).toEqual(['leadership.acquired'])
})

test('the second takes over when the page of the first closes', async () => {
  const name = crypto.randomUUID()
  const page = await otherPage()
  const first = start(name, { locks: page.locks })
  await until(() => expect(first.types()).toEqual(['leadership.acquired']))
  const second = start(name)
  await until(() => expect(second.types()).toEqual(BLOCKED))
  page.close()
  await until(() => expect(second.types()).toEqual(TAKEN_OVER))
})

test('an abort gives the lock back', async () => {
  const name = crypto.randomUUID()
  const abort = new AbortController()
  const first = start(name, { signal: abort.signal })
  await until(() => expect(first.types()).toEqual(['leadership.acquired']))
  const second = start(name)
  await until(() => expect(second.types()).toEqual(BLOCKED))
  abort.abort()
  await until(() => expect(second.types()).toEqual(TAKEN_OVER))
})

test('one that stops while it waits leaves the queue', async () => {
  const name = crypto.randomUUID()
  const [first, second] = [start(name), start(name)]
  await until(() => expect(second.types()).toEqual(BLOCKED))
  await until(async () => expect(await waitingFor(name)).toBe(1))
  second.stop()
  await until(async () => expect(await waitingFor(name)).toBe(0))
  const third = start(name)
  await until(() => expect(third.types()).toEqual(BLOCKED))
  first.stop()
  await until(() => expect(third.types()).toEqual(TAKEN_OVER))
  expect(second.types()).toEqual(BLOCKED)
})

test('logs of different names are led apart', async () => {
  const [one, other] = [start(crypto.randomUUID()), start(crypto.randomUUID())]
  await until(() => expect([...one.types(), ...other.types()]).toEqual(Array(2).fill('leadership.acquired')))
})

test('a stolen lock is told as lost', async () => {
  const name = crypto.randomUUID()
  const first = start(name)
  await until(() => expect(first.types()).toEqual(['leadership.acquired']))
  await navigator.locks.request(`fieldmesh:${name}`, { steal: true }, async () => {})
  await until(() => expect(first.types()).toEqual(['leadership.acquired', 'leadership.lost']))
})
