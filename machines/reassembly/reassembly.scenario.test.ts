import { expect, test, vi } from 'vitest'
import { scenario } from '../../tests/support/scenario.ts'
import { TIMINGS } from '../kit/timings.ts'
import { reassemblyMachine } from './reassembly.machine.ts'

const message = { msgId: 7, ticket: 't-7', kind: 'entries' } as const
const begin = (total: number) => scenario(reassemblyMachine, { ...message, total })
const chunk = { type: 'chunk.received' } as const
const abandoned = { outcome: 'abandoned', ticket: 't-7', kind: 'entries', fault: 'message-stalled' }

test('a message whose chunks all come ends complete, with its ticket', () => {
  const { send, snapshot, stop } = begin(3)
  send(chunk)
  expect(snapshot().value).toBe('receiving')
  send(chunk)
  expect(snapshot().value).toBe('complete')
  expect(snapshot().output).toEqual({ outcome: 'complete', ticket: 't-7', kind: 'entries' })
  stop()
})

test('a trickle is no stall: as long as each look finds something new it goes on', () => {
  const { send, clock, snapshot, stop } = begin(100)
  for (let i = 2; i < 100; i++) {
    clock.increment(TIMINGS.stallCheck - 1)
    send(chunk)
    expect(snapshot().value).toBe('receiving')
  }
  send(chunk)
  expect(snapshot().value).toBe('complete')
  stop()
})

test('a message of which nothing more comes is given up after 30 s, and says why', () => {
  const { clock, snapshot, stop } = begin(3)
  clock.increment(TIMINGS.stallCheck)
  expect(snapshot().value).toBe('stalled')
  clock.increment(TIMINGS.stalledLimit - 1)
  expect(snapshot().value).toBe('stalled')
  clock.increment(1)
  expect(snapshot().output).toEqual(abandoned)
  stop()
})

test('wherever between two looks the last chunk came, 30 to 40 s without another one end it', () => {
  const { send, clock, snapshot, stop } = begin(3)
  clock.increment(1)
  send(chunk)
  clock.increment(30_000)
  expect(snapshot().status).toBe('active')
  clock.increment(10_000)
  expect(snapshot().output).toEqual(abandoned)
  stop()
})

test('one chunk sets a stalled message going again, with the whole patience', () => {
  const { send, clock, snapshot, stop } = begin(4)
  clock.increment(TIMINGS.stallCheck + TIMINGS.stalledLimit - 1)
  send(chunk)
  expect(snapshot().value).toBe('receiving')
  clock.increment(TIMINGS.stallCheck + TIMINGS.stalledLimit - 1)
  expect(snapshot().value).toBe('stalled')
  send(chunk)
  send(chunk)
  expect(snapshot().value).toBe('complete')
  stop()
})

test('chunks do not touch timers: a thousand of them arm none', () => {
  const { send, clock, stop } = begin(1_002)
  const armed = vi.spyOn(clock, 'setTimeout')
  for (let i = 0; i < 1_000; i++) send(chunk)
  expect(armed).not.toHaveBeenCalled()
  stop()
})
