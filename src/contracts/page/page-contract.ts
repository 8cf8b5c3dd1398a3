import type { EventObject } from 'xstate'
import type { PresenceFact, PresenceInput } from '#machines/ports'
import { checkHarness, checkUnderTest, within } from '../check-harness.ts'
import type { ContractCase, Until } from '../contract-case.ts'
import { type Listened, listen } from '../listen.ts'
import { pageCases } from './page-cases.ts'
import { PAGE_SHAPE, type PageHarness, type PageUnderTest } from './page-harness.ts'

/** Presence at work in a page. */
export interface Observer extends Listened<EventObject, PresenceFact> {
  /** The facts of these types so far, in order. */
  readonly told: (...types: readonly PresenceFact['type'][]) => readonly PresenceFact['type'][]
  /** Waits for a fact of this type, `count` of them (default 1). */
  readonly heard: (type: PresenceFact['type'], count?: number) => Promise<void>
}

/** One page under observation. */
export interface Observation {
  readonly page: PageUnderTest
  readonly until: Until
  /** Starts presence; resolves when it listens. */
  readonly observe: () => Promise<Observer>
}

const createObserver = (page: PageUnderTest, until: Until): Observer => {
  const listened = listen<EventObject, PresenceFact, PresenceInput>(page.presence, {})
  return {
    ...listened,
    told: (...types) => listened.facts.map(({ type }) => type).filter((type) => types.includes(type)),
    heard: (type, count = 1) => until(`the page told ${type}`, () => listened.of(type).length >= count),
  }
}

const runCase = async (harness: PageHarness, check: (observation: Observation) => Promise<void>): Promise<void> => {
  const page = checkUnderTest(PAGE_SHAPE, await harness.open(), harness.powers)
  const observers: Observer[] = []
  const observe = async (): Promise<Observer> => {
    const observer = createObserver(page, harness.until)
    observers.push(observer)
    await page.settled?.()
    return observer
  }
  try {
    await check({ page, until: harness.until, observe })
  } finally {
    for (const observer of observers) observer.stop()
    await page.dispose?.()
  }
}

/**
 * What every presence promises (the `presence` port): facts of a page, each told once.
 *
 * @throws FieldmeshError `options-invalid` for what is no harness, and from `run()` for a power without its method
 */
export const pageContract = (harness: PageHarness): readonly ContractCase[] => {
  checkHarness(PAGE_SHAPE, harness)
  return within(pageCases, harness.powers).map(({ id, says, check }) => ({
    id,
    says,
    run: () => runCase(harness, check),
  }))
}
