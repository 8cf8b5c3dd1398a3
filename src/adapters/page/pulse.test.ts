import { expect, test } from 'vitest'
import type { PulseFact } from '#machines/ports'
import { hear } from '../heard.testing.ts'
import { createPulse } from './pulse.ts'
import { createSleepyClock } from './sleepy-clock.testing.ts'

test('a pulse beats at its interval', () => {
  const clock = createSleepyClock()
  const { facts, stop } = hear<PulseFact, { everyMs: number }>(createPulse({ clock }), { everyMs: 2_000 })
  clock.run(1_900)
  expect(facts).toEqual([])
  clock.run(4_100)
  expect(facts).toEqual([{ type: 'pulse.beat' }, { type: 'pulse.beat' }, { type: 'pulse.beat' }])
  stop()
})

test('a beat that comes two intervals late or more says so instead, and the next one is on time again', () => {
  const clock = createSleepyClock()
  const { facts, stop } = hear<PulseFact, { everyMs: number }>(createPulse({ clock }), { everyMs: 2_000 })
  clock.sleep(3_999)
  clock.run(2_000)
  clock.sleep(4_000)
  clock.run(2_000)
  clock.run(2_000)
  expect(facts).toEqual([{ type: 'pulse.beat' }, { type: 'pulse.late', lateMs: 4_000 }, { type: 'pulse.beat' }])
  stop()
})

test('a wall clock that is set back does not stop the pulse', () => {
  const clock = createSleepyClock()
  const { facts, stop } = hear<PulseFact, { everyMs: number }>(createPulse({ clock }), { everyMs: 2_000 })
  clock.sleep(-3_600_000)
  clock.run(4_000)
  expect(facts).toEqual([{ type: 'pulse.beat' }, { type: 'pulse.beat' }])
  stop()
})

test('a stopped pulse is still, and so is one whose signal aborted', () => {
  const clock = createSleepyClock()
  const abort = new AbortController()
  const stopped = hear<PulseFact, { everyMs: number }>(createPulse({ clock }), { everyMs: 2_000 })
  const aborted = hear<PulseFact, { everyMs: number }>(createPulse({ clock, signal: abort.signal }), { everyMs: 2_000 })
  stopped.stop()
  expect(clock.armed).toBe(1)
  abort.abort()
  expect(clock.armed).toBe(0)
  const late = hear<PulseFact, { everyMs: number }>(createPulse({ clock, signal: abort.signal }), { everyMs: 2_000 })
  clock.run(10_000)
  expect([...stopped.facts, ...aborted.facts, ...late.facts]).toEqual([])
})
