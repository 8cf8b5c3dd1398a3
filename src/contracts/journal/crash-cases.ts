import { insist, insistSame } from '../insist.ts'
import { batch, range } from './batches.ts'
import { type JournalCase, numbers } from './journal-case.ts'

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
      insistSame([await again.length(), await numbers(again)], [5, range(1, 5)], 'length and content')
      insistSame(await again.getMeta('x'), { n: 1 }, 'the small value')
      await again.append(batch(6))
      insistSame(await numbers(again, 5), [6], 'what was appended since')
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
      insist(found.length % 2 === 1, `half an append is there: ${found.join(' ')}`)
      insistSame(found, range(1, found.length), 'content')
      await again.close()
      // A dead process answers nobody; where this one does answer, what it says must be so.
      const answers = await Promise.race([cut, Promise.resolve([])])
      const resolved = answers.filter(({ status }) => status === 'fulfilled').length
      insist(found.length >= 1 + 2 * resolved, `${resolved} appends resolved, there: ${found.join(' ')}`)
    },
  },
]
