import { insistSame } from '../insist.ts'
import { batch } from './batches.ts'
import { type JournalCase, numbers } from './journal-case.ts'

const byKey = (pairs: readonly [string, unknown][]): [string, unknown][] =>
  pairs.toSorted(([a], [b]) => (a < b ? -1 : 1))

export const metaCases: readonly JournalCase[] = [
  {
    id: 'JOURNAL-9',
    says: 'small values outlive closing, are replaced and deleted by key, and listed by prefix',
    check: async (log) => {
      const journal = await log.open()
      insistSame(await journal.getMeta('peer:x'), undefined, 'a value never set')
      await journal.setMeta('peer:x', { seen: 1 })
      await journal.setMeta('peer:y', { seen: 2 })
      await journal.setMeta('pear', 3)
      await journal.setMeta('peer:x', { seen: 4 })
      await journal.deleteMeta('pear')
      await journal.deleteMeta('never there')
      await journal.close()
      const again = await log.open()
      const listed = byKey(await again.entriesMeta('peer:'))
      insistSame(
        listed,
        [
          ['peer:x', { seen: 4 }],
          ['peer:y', { seen: 2 }],
        ],
        'values under peer:',
      )
      insistSame(await again.getMeta('pear'), undefined, 'the deleted value')
      insistSame(await again.entriesMeta('nobody'), [], 'values under a prefix of none')
      await again.close()
    },
  },
  {
    id: 'JOURNAL-10',
    says: 'small values and entries do not mix',
    check: async (log) => {
      const journal = await log.open()
      await journal.setMeta('0', 'a value')
      await journal.append(batch(1))
      await journal.setMeta('s:0000000000000000', 'another')
      insistSame([await journal.length(), await numbers(journal)], [1, [1]], 'length and content')
      insistSame((await journal.entriesMeta('')).length, 2, 'number of values')
      await journal.close()
    },
  },
  {
    id: 'JOURNAL-11',
    says: 'a value is kept as it was when it was set',
    check: async (log) => {
      const journal = await log.open()
      const value = { names: ['ada'], count: 1, none: null, bytes: Uint8Array.of(1, 2) }
      await journal.setMeta('v', value)
      value.names.push('bob')
      const expected = { names: ['ada'], count: 1, none: null, bytes: Uint8Array.of(1, 2) }
      insistSame(await journal.getMeta('v'), expected, 'the value')
      await journal.close()
    },
  },
]
