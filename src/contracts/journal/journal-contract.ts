import { FieldmeshError } from '#model/fault'
import { checkPowers, checkUnderTest, within } from '../check-harness.ts'
import type { ContractCase } from '../contract-case.ts'
import { compactionCases } from './compaction-cases.ts'
import { crashCases } from './crash-cases.ts'
import { endCases } from './end-cases.ts'
import type { JournalCase } from './journal-case.ts'
import {
  type CreateLog,
  type JournalOptions,
  type JournalPower,
  LOG_SHAPE,
  type LogUnderTest,
} from './journal-harness.ts'
import { metaCases } from './meta-cases.ts'
import { openCases } from './open-cases.ts'
import { orderCases } from './order-cases.ts'
import { spaceCases } from './space-cases.ts'

const CASES: readonly JournalCase[] = [
  ...openCases,
  ...orderCases,
  ...metaCases,
  ...compactionCases,
  ...endCases,
  ...spaceCases,
  ...crashCases,
]

const runOn = async (
  createLog: CreateLog,
  powers: readonly JournalPower[],
  work: (log: LogUnderTest) => Promise<void>,
): Promise<void> => {
  const log = checkUnderTest(LOG_SHAPE, await createLog(), powers)
  try {
    await work(log)
  } finally {
    await log.dispose?.()
  }
}

const checkArguments = (createLog: unknown, options: object): void => {
  if (typeof createLog !== 'function')
    throw new FieldmeshError('options-invalid', 'journalContract takes a function that gives a new log: { open }.')
  const [alien] = Object.keys(options).filter((key) => key !== 'powers')
  if (alien !== undefined)
    throw new FieldmeshError('options-invalid', `journalContract has the one option powers, and not “${alien}”.`)
}

/**
 * What every journal promises (see `Journal`), for whoever writes one. Each call of `createLog` gives another log,
 * each `open()` of what it gave opens that same one: the name is chosen outside of `open`.
 *
 * @throws FieldmeshError `options-invalid` for other arguments, and from `run()` for a power without its method
 *
 * @example
 * const createLog = () => {
 *   const name = crypto.randomUUID()
 *   return { open: () => openMyJournal(name) }
 * }
 * for (const { id, says, run } of journalContract(createLog)) test(`${id} ${says}`, run)
 */
export const journalContract = (createLog: CreateLog, options: JournalOptions = {}): readonly ContractCase[] => {
  checkArguments(createLog, options)
  const { powers = [] } = options
  checkPowers(LOG_SHAPE, powers)
  return within(CASES, powers).map(({ id, says, check }) => ({ id, says, run: () => runOn(createLog, powers, check) }))
}
