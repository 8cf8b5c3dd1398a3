import { checkHarness, checkUnderTest, type HarnessShape, within } from '../check-harness.ts'
import type { ContractCase, Until } from '../contract-case.ts'
import { clockCases } from './clock-cases.ts'

/** Timers and a reading of the time, ms: what the charts and adapters run on. */
export interface ClockUnderTest {
  readonly now: () => number
  readonly setTimeout: (task: () => void, ms: number) => unknown
  readonly clearTimeout: (id: unknown) => void
  /** Runs the work and gives what tasks of the clock threw meanwhile, in place of whoever hears of that otherwise. */
  readonly catching?: (work: () => Promise<void>) => Promise<readonly unknown[]>
}

export type ClockPower = 'catching'

/** What a tester of a clock brings. */
export interface ClockHarness {
  /** A clock with no timer armed. */
  readonly open: () => ClockUnderTest | Promise<ClockUnderTest>
  readonly until: Until
  /** Cases that need another power are left out. Default: none. */
  readonly powers?: readonly ClockPower[]
}

const CLOCK_SHAPE: HarnessShape<ClockPower> = {
  contract: 'clockContract',
  harness: { open: 'function', until: 'function' },
  opener: 'open()',
  under: 'ClockUnderTest',
  needs: { now: 'function', setTimeout: 'function', clearTimeout: 'function' },
  powers: { catching: ['catching'] },
}

/**
 * What every clock promises. Nothing takes longer than a tenth of a second of its time.
 *
 * @throws FieldmeshError `options-invalid` for what is no harness, and from `run()` for a power without its method
 */
export const clockContract = (harness: ClockHarness): readonly ContractCase[] => {
  checkHarness(CLOCK_SHAPE, harness)
  return within(clockCases, harness.powers).map(({ id, says, check }) => ({
    id,
    says,
    run: async () => check(checkUnderTest(CLOCK_SHAPE, await harness.open(), harness.powers), harness),
  }))
}
