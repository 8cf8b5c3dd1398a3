import { insist, insistSame } from '../insist.ts'
import { batch, range } from './batches.ts'
import { insistLog, type JournalCase, numbers } from './journal-case.ts'

export const crashCases: readonly JournalCase[] = [
  {
    id: 'JOURNAL-22',
    says: 'whatever resolved is there after a crash',
    needs: 'crash',
    check: async (log) => {
      const journal = await log.open()
      for (const seq of range(1, 5)) await journal.append(batch(seq))
      await journal.setMeta('x', { n: 1 })
      await log.crash?.()
      const again = await log.open()
      await insistLog(again, range(1, 5), 'after the crash')
      insistSame(await again.getMeta('x'), { n: 1 }, 'small value after the crash')
      await again.append(batch(6))
      insistSame(await numbers(again, 5), [6], 'entries appended since')
      await again.close()
    },
  },
  {
    id: 'JOURNAL-23',
    says: 'a crash leaves of an append all or nothing, and of several made at once the first ones',
    needs: 'crash',
    check: async (log) => {
      const journal = await log.open()
      await journal.append(batch(1))
      const cut = Promise.allSettled([2, 4, 6].map((seq) => journal.append(batch(seq), batch(seq + 1))))
      await log.crash?.()
      const again = await log.open()
      const found = await numbers(again)
      insist(found.length > 0, 'after the crash not even the entry is there whose append() had resolved before')
      insist(
        found.length % 2 === 1,
        `after the crash the entries ${found.join(', ')} are there: half of an append of two`,
      )
      insistSame(found, range(1, found.length), 'entries from readAll() after the crash')
      await again.close()
      // A dead process answers nobody; where this one does answer, what it says must be so.
      const answers = await Promise.race([cut, Promise.resolve([])])
      const resolved = answers.filter(({ status }) => status === 'fulfilled').length
      insist(
        found.length >= 1 + 2 * resolved,
        `1 + ${resolved} appends resolved, and after the crash only the entries ${found.join(', ')} are there`,
      )
    },
  },
]
