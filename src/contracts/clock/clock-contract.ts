import type { ContractCase, Until } from '../contract-case.ts'
import { clockCases } from './clock-cases.ts'

/** Timers and a reading of the time, ms: what the charts and adapters run on. */
export interface ClockUnderTest {
  readonly now: () => number
  readonly setTimeout: (task: () => void, ms: number) => unknown
  readonly clearTimeout: (id: unknown) => void
}

/** What a tester of a clock brings. */
export interface ClockHarness {
  /** A clock with no timer armed. */
  readonly open: () => ClockUnderTest
  readonly until: Until
  /** Runs the work and gives what tasks threw meanwhile; without it the case of a throwing task is left out. */
  readonly catching?: (work: () => Promise<void>) => Promise<readonly unknown[]>
}

/** What every clock promises. Nothing takes longer than a tenth of a second of its time. */
export const clockContract = (harness: ClockHarness): readonly ContractCase[] =>
  clockCases
    .filter(({ throws }) => !throws || harness.catching !== undefined)
    .map(({ id, says, check }) => ({ id, says, run: () => check(harness.open(), harness) }))
