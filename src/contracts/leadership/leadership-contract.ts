import type { EventObject } from 'xstate'
import type { LeadershipFact, LeadershipInput } from '#machines/ports'
import { checkHarness, checkUnderTest, within } from '../check-harness.ts'
import type { ContractCase, Until } from '../contract-case.ts'
import { type Listened, listen } from '../listen.ts'
import { leadershipCases } from './leadership-cases.ts'
import { type LeadershipHarness, TAB_SHAPE, type TabUnderTest } from './leadership-harness.ts'

/** A tab that asks to lead. */
export interface Candidate extends Listened<EventObject, LeadershipFact> {
  readonly tab: TabUnderTest
  /** It leads now, as far as it was told. */
  readonly leads: boolean
}

/** The tabs of one case. */
export interface Election {
  readonly until: Until
  /** A new tab that asks to lead the log of this name. */
  readonly candidate: (log?: string) => Promise<Candidate>
}

const createCandidate = (tab: TabUnderTest, name: string): Candidate => {
  let stopped = false
  const listened = listen<EventObject, LeadershipFact, LeadershipInput>(tab.leadership, { name })
  return {
    ...listened,
    tab,
    get leads() {
      return !stopped && listened.facts.at(-1)?.type === 'leadership.acquired'
    },
    stop: () => {
      stopped = true
      listened.stop()
    },
  }
}

let logs = 0

const runCase = async (harness: LeadershipHarness, check: (election: Election) => Promise<void>): Promise<void> => {
  const candidates: Candidate[] = []
  const own = `contract-${++logs}`
  const election: Election = {
    until: harness.until,
    candidate: async (log = '') => {
      const tab = checkUnderTest(TAB_SHAPE, await harness.open(), harness.powers)
      const candidate = createCandidate(tab, `${own}/${log}`)
      candidates.push(candidate)
      return candidate
    },
  }
  try {
    await check(election)
  } finally {
    for (const { stop } of candidates) stop()
    for (const { tab } of candidates) await tab.close?.()
  }
}

/**
 * What every leadership promises (the `leadership` port): of all tabs of a log, one writes.
 *
 * @throws FieldmeshError `options-invalid` for what is no harness, and from `run()` for a power without its method
 */
export const leadershipContract = (harness: LeadershipHarness): readonly ContractCase[] => {
  checkHarness(TAB_SHAPE, harness)
  return within(leadershipCases, harness.powers).map(({ id, says, check }) => ({
    id,
    says,
    run: () => runCase(harness, check),
  }))
}
