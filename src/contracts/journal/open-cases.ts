import { textOf } from '../difference.ts'
import { insist, insistSame } from '../insist.ts'
import { batch } from './batches.ts'
import type { JournalCase } from './journal-case.ts'

const METHODS = [
  'append',
  'readAll',
  'length',
  'compact',
  'getMeta',
  'setMeta',
  'entriesMeta',
  'deleteMeta',
  'close',
] as const

export const openCases: readonly JournalCase[] = [
  {
    id: 'JOURNAL-0',
    says: 'opening again opens the same log',
    check: async (log) => {
      const journal = await log.open()
      insist(typeof journal === 'object' && journal !== null, `open() gave ${textOf(journal)}, should give a journal`)
      insistSame(
        METHODS.filter((method) => typeof journal[method] !== 'function'),
        [],
        'methods that the journal from open() lacks',
      )
      await journal.append(batch(1))
      await journal.close()
      const again = await log.open()
      const length = await again.length()
      await again.close()
      insist(
        length === 1,
        `one batch was appended and the log closed; opened again, its length() is ${length}. Either append() resolved ` +
          'too early, or open() makes another log: createLog() chooses the name once, and each open() opens that one',
      )
    },
  },
]
