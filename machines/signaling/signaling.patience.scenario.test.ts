import { describe, expect, test } from 'vitest'
import {
  exhaust,
  goOnline,
  lose,
  passWait,
  sockets,
  start,
  view,
  waitMs,
} from '../../tests/support/signaling-scenario.ts'
import { MAX_ATTEMPTS, TIMINGS } from '../kit/timings.ts'

describe('waiting', () => {
  test('after a loss nobody dials at once: a crowd is spread over the first second', () => {
    const waits = Array.from({ length: 50 }, (_, seed) => {
      const run = start({ seed })
      goOnline(run)
      lose(run)
      const wait = waitMs(run)
      run.stop()
      return wait
    })
    expect(Math.max(...waits)).toBeLessThan(TIMINGS.backoffBase)
    expect(new Set(waits).size).toBeGreaterThan(40)
  })

  test('attempts are forgotten when the connection has held for a minute, not when it comes up', () => {
    const run = start()
    lose(run)
    passWait(run)
    goOnline(run)
    run.clock.increment(TIMINGS.proven - 1)
    expect(view(run).attempt).toBe(1)
    lose(run)
    expect(view(run).attempt).toBe(2)
    passWait(run)
    goOnline(run)
    run.clock.increment(TIMINGS.proven)
    expect(view(run).attempt).toBe(0)
    run.stop()
  })

  const promises = ['page.online', 'page.visible', 'page.resumed', 'network.changed'] as const
  test.each(promises)('%s cuts our own wait short, and forgets nothing', (type) => {
    const run = start()
    lose(run)
    run.send({ type })
    expect(view(run)).toMatchObject({ state: 'dialing', attempt: 1 })
    run.stop()
  })

  test.each([
    ['drains', { type: 'socket.draining', retryMs: 20_000 } as const],
    ['refuses', { type: 'socket.refused', fault: 'signaling-full', final: false, retryMs: 20_000 } as const],
  ])('a server that %s and asks for a pause gets it, with jitter on top', (_what, fact) => {
    const run = start()
    goOnline(run)
    run.send(fact)
    expect(view(run).retryInMs).toBeGreaterThanOrEqual(20_000)
    for (const type of promises) run.send({ type })
    run.send({ type: 'page.woke', gapMs: 0 })
    expect(view(run).state).toBe('waiting')
    passWait(run)
    expect(view(run).state).toBe('dialing')
    run.stop()
  })

  test.each([Number.MAX_SAFE_INTEGER, Infinity])(
    'no server can send us away for longer than five minutes (%d)',
    (retryMs) => {
      const run = start()
      run.send({ type: 'socket.draining', retryMs })
      expect(view(run).retryInMs).toBeLessThan(TIMINGS.serverHoldMax + TIMINGS.backoffBase)
      run.stop()
    },
  )

  test.each([Number.NaN, -5])('a pause that is no duration is none (%d)', (retryMs) => {
    const run = start()
    run.send({ type: 'socket.draining', retryMs })
    expect(view(run).retryInMs).toBeLessThan(TIMINGS.backoffBase)
    run.stop()
  })

  test('a person who presses “Try again” is not made to wait, and gets all attempts anew', () => {
    const run = start()
    run.send({ type: 'socket.draining', retryMs: 20_000 })
    run.send({ type: 'signaling.retry' })
    expect(view(run)).toMatchObject({ state: 'dialing', attempt: 0 })
    run.stop()
  })
})

describe('the ends of patience', () => {
  test('after the last attempt it rests, and says so', () => {
    const run = start()
    exhaust(run)
    expect(view(run)).toEqual({
      state: 'gaveUp',
      connected: false,
      fault: 'signaling-exhausted',
      attempt: MAX_ATTEMPTS.signaling,
    })
    expect(run.reports.at(-1)).toEqual({ type: 'signaling.gaveUp', fault: 'signaling-exhausted' })
    expect(sockets(run)).toBe(MAX_ATTEMPTS.signaling)
    run.clock.increment(24 * 60 * 60_000)
    expect(sockets(run)).toBe(MAX_ATTEMPTS.signaling)
    run.stop()
  })

  test.each(['signaling.retry', 'page.online', 'page.visible', 'page.resumed', 'network.changed'] as const)(
    '%s wakes it with all attempts anew',
    (type) => {
      const run = start()
      exhaust(run)
      run.send({ type })
      expect(view(run)).toMatchObject({ state: 'dialing', attempt: 0 })
      run.stop()
    },
  )

  test('a final refusal rests until a person says otherwise, so that two windows do not evict each other for ever', () => {
    const run = start()
    goOnline(run)
    run.send({ type: 'socket.refused', fault: 'signaling-replaced', final: true, retryMs: 0 })
    expect(run.reports.at(-1)).toEqual({ type: 'signaling.refused', fault: 'signaling-replaced' })
    run.send({ type: 'page.visible' })
    run.send({ type: 'network.changed' })
    run.clock.increment(24 * 60 * 60_000)
    expect(view(run)).toMatchObject({ state: 'refused', fault: 'signaling-replaced' })
    expect(sockets(run)).toBe(1)
    run.send({ type: 'signaling.retry' })
    expect(view(run).state).toBe('dialing')
    run.stop()
  })
})
