import { insist, insistSame } from '../insist.ts'
import type { ClockHarness, ClockPower, ClockUnderTest } from './clock-contract.ts'

interface ClockCase {
  readonly id: string
  readonly says: string
  readonly needs?: ClockPower
  readonly check: (clock: ClockUnderTest, harness: ClockHarness) => Promise<void>
}

/** Timers of real clocks may be rounded by so much, ms. */
const ROUNDING_MS = 1.5

export const clockCases: readonly ClockCase[] = [
  {
    id: 'CLOCK-1',
    says: 'tasks of the same time run in the order they were armed, each once',
    check: async (clock, { until }) => {
      const ran: number[] = []
      for (let i = 1; i <= 10; i++) clock.setTimeout(() => ran.push(i), 10)
      await until('all ran', () => ran.length >= 10)
      insistSame(ran, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 'order')
    },
  },
  {
    id: 'CLOCK-2',
    says: 'what is due earlier runs earlier, however it was armed',
    check: async (clock, { until }) => {
      const ran: number[] = []
      for (const ms of [60, 0, 40, 20]) clock.setTimeout(() => ran.push(ms), ms)
      insistSame(ran, [], 'what ran within the call')
      await until('all ran', () => ran.length >= 4)
      insistSame(ran, [0, 20, 40, 60], 'order')
    },
  },
  {
    id: 'CLOCK-3',
    says: 'a cleared task never runs; clearing what ran, was cleared or never was does no harm',
    check: async (clock, { until }) => {
      const ran: string[] = []
      const first = clock.setTimeout(() => ran.push('first'), 5)
      const cleared = clock.setTimeout(() => ran.push('cleared'), 10)
      clock.setTimeout(() => clock.clearTimeout(victim), 15)
      const victim = clock.setTimeout(() => ran.push('victim'), 20)
      clock.clearTimeout(cleared)
      clock.clearTimeout(cleared)
      clock.clearTimeout(undefined)
      clock.setTimeout(() => ran.push('last'), 40)
      await until('the last ran', () => ran.includes('last'))
      clock.clearTimeout(first)
      insistSame(ran, ['first', 'last'], 'what ran')
    },
  },
  {
    id: 'CLOCK-4',
    says: 'a task cleared by another of the same time does not run',
    check: async (clock, { until }) => {
      const ran: string[] = []
      const ids: unknown[] = []
      clock.setTimeout(() => clock.clearTimeout(ids[0]), 10)
      ids.push(clock.setTimeout(() => ran.push('cleared'), 10))
      clock.setTimeout(() => ran.push('last'), 10)
      await until('the last ran', () => ran.includes('last'))
      insistSame(ran, ['last'], 'what ran')
    },
  },
  {
    id: 'CLOCK-5',
    says: 'a task armed by a task counts from then, and never runs within it, not even without delay',
    check: async (clock, { until }) => {
      const ran: string[] = []
      const at: number[] = []
      const chain = (left: number): void => {
        at.push(clock.now())
        if (left > 0) clock.setTimeout(() => chain(left - 1), 10)
      }
      clock.setTimeout(() => chain(3), 10)
      clock.setTimeout(() => {
        clock.setTimeout(() => ran.push('inner'), 0)
        ran.push('outer')
      }, 5)
      await until('all ran', () => at.length >= 4 && ran.length >= 2)
      insistSame(ran, ['outer', 'inner'], 'order')
      const gaps = at.slice(1).map((ms, i) => ms - (at[i] ?? ms))
      insist(
        gaps.every((gap) => gap >= 10 - ROUNDING_MS),
        `ms between tasks of a chain of 10 ms: ${gaps.join(', ')}`,
      )
    },
  },
  {
    id: 'CLOCK-6',
    says: 'no task runs before its time, and the time never goes back',
    check: async (clock, { until }) => {
      const start = clock.now()
      const early: string[] = []
      const seen = [start]
      for (const ms of [1, 7, 20, 33.3, 80])
        clock.setTimeout(() => {
          seen.push(clock.now())
          if (clock.now() - start < ms - ROUNDING_MS) early.push(`${ms} after ${clock.now() - start}`)
        }, ms)
      await until('all ran', () => seen.length >= 6)
      insistSame(early, [], 'tasks that ran too early')
      insistSame(
        seen,
        seen.toSorted((a, b) => a - b),
        'readings of the time',
      )
      insist(Number.isFinite(start), `the time is ${start}`)
    },
  },
  {
    id: 'CLOCK-7',
    says: 'a negative delay is none',
    check: async (clock, { until }) => {
      const ran: number[] = []
      for (const ms of [50, -1_000]) clock.setTimeout(() => ran.push(ms), ms)
      await until('both ran', () => ran.length >= 2)
      insistSame(ran, [-1_000, 50], 'order')
    },
  },
  {
    id: 'CLOCK-8',
    says: 'a task that throws keeps no other from running, and what it threw is not swallowed',
    needs: 'catching',
    check: async (clock, { until }) => {
      const ran: string[] = []
      const thrown = await clock.catching?.(async () => {
        clock.setTimeout(() => ran.push('before'), 10)
        clock.setTimeout(() => {
          throw new Error('thrown on purpose')
        }, 10)
        clock.setTimeout(() => ran.push('beside'), 10)
        clock.setTimeout(() => ran.push('after'), 20)
        await until('the others ran', () => ran.includes('after'))
      })
      insistSame(ran, ['before', 'beside', 'after'], 'what ran')
      insistSame(
        thrown?.map((error) => (error instanceof Error ? error.message : error)),
        ['thrown on purpose'],
        'what was thrown',
      )
    },
  },
]
