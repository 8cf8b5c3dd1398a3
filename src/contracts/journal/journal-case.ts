import type { Journal } from '#store/journal'
import { insistSame } from '../insist.ts'
import { batch, collect, numbersIn } from './batches.ts'
import type { JournalPower, LogUnderTest } from './journal-harness.ts'

export interface JournalCase {
  readonly id: string
  readonly says: string
  readonly needs?: JournalPower
  readonly check: (log: LogUnderTest) => Promise<void>
}

/** Numbers of all entries from a position on. */
export const numbers = async (journal: Journal, from?: number): Promise<(number | 'damaged')[]> =>
  numbersIn(await collect(journal.readAll(from)))

/** Appends one batch for each number, one after the other. */
export const appendEach = async (journal: Journal, seqs: readonly number[]): Promise<void> => {
  for (const seq of seqs) await journal.append(batch(seq))
}

/** The log has these entries, each in a batch of its own, by what it reads and by its length. */
export const insistLog = async (
  journal: Journal,
  expected: readonly (number | 'damaged')[],
  when: string,
): Promise<void> => {
  insistSame(await numbers(journal), expected, `entries from readAll() ${when}`)
  insistSame(await journal.length(), expected.length, `length() ${when}`)
}
