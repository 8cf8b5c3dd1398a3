import { expect, test, vi } from 'vitest'
import type { LeadershipFact } from '#machines/ports'
import { hear } from '../heard.testing.ts'
import { alwaysLeader, createLeadership } from './leadership.ts'

const start = (options: Parameters<typeof createLeadership>[0], name = 'log') =>
  hear<LeadershipFact, { name: string }>(createLeadership(options), { name })

const type = (facts: readonly LeadershipFact[]) => facts.map((fact) => fact.type)

test('without Web Locks nobody leads, and the fault says why', () => {
  expect(start({ locks: undefined }).facts).toEqual([{ type: 'leadership.failed', fault: 'locks-missing' }])
})

test('Web Locks that refuse, as in an opaque origin, are as good as none', async () => {
  const locks = { request: () => Promise.reject(new DOMException('No.', 'SecurityError')) }
  const { facts } = start({ locks })
  await vi.waitFor(() => expect(facts).toEqual([{ type: 'leadership.failed', fault: 'locks-missing' }]))
})

test('where there is nobody else, the leader leads at once', () => {
  const { facts } = hear<LeadershipFact, { name: string }>(alwaysLeader, { name: 'log' })
  expect(facts).toEqual([{ type: 'leadership.acquired' }])
})

test('an actor whose signal aborted before it started takes no lock', async () => {
  const request = vi.fn<(name: string, options: unknown, use: (lock: unknown) => unknown) => Promise<unknown>>(
    async (_name, _options, use) => use({}),
  )
  const { facts } = start({ locks: { request } as unknown as LockManager, signal: AbortSignal.abort() })
  await vi.waitFor(() => expect(request).toHaveBeenCalled())
  await request.mock.results[0]?.value
  expect(type(facts)).toEqual([])
})
