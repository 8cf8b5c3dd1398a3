import type { ContractCase } from '../contract-case.ts'
import { compactionCases } from './compaction-cases.ts'
import { crashCases } from './crash-cases.ts'
import { endCases } from './end-cases.ts'
import type { JournalCase } from './journal-case.ts'
import type { CreateLog, JournalOptions, LogUnderTest } from './journal-harness.ts'
import { metaCases } from './meta-cases.ts'
import { orderCases } from './order-cases.ts'
import { spaceCases } from './space-cases.ts'

const CASES: readonly JournalCase[] = [
  ...orderCases,
  ...metaCases,
  ...compactionCases,
  ...endCases,
  ...spaceCases,
  ...crashCases,
]

const runOn = async (createLog: CreateLog, work: (log: LogUnderTest) => Promise<void>): Promise<void> => {
  const log = await createLog()
  try {
    await work(log)
  } finally {
    await log.dispose?.()
  }
}

/**
 * What every journal promises (see `Journal`), for whoever writes one.
 *
 * @example
 * for (const { id, says, run } of journalContract(() => ({ open: () => openMyJournal(freshName) })))
 *   test(`${id} ${says}`, run)
 */
export const journalContract = (createLog: CreateLog, { powers = [] }: JournalOptions = {}): readonly ContractCase[] =>
  CASES.filter(({ needs }) => needs === undefined || powers.includes(needs)).map(({ id, says, check }) => ({
    id,
    says,
    run: () => runOn(createLog, check),
  }))
