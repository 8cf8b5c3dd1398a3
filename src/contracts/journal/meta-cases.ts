import { insistSame } from '../insist.ts'
import { batch } from './batches.ts'
import { insistLog, type JournalCase } from './journal-case.ts'

/** In order. Whoever looks for `peer:` within keys, without case, or by SQL’s LIKE, where _ and % match others. */
const LOOKALIKES = ['PEER:x', 'a peer:x', 'peer', 'peer%x', 'peer:x', 'peer_x', 'pier:x'].toSorted()

const byKey = (pairs: readonly [string, unknown][]): [string, unknown][] =>
  pairs.toSorted(([a], [b]) => (a < b ? -1 : 1))

export const metaCases: readonly JournalCase[] = [
  {
    id: 'JOURNAL-9',
    says: 'small values outlive closing, are replaced and deleted by key, and listed by prefix',
    check: async (log) => {
      const journal = await log.open()
      insistSame(await journal.getMeta('peer:x'), undefined, 'getMeta() of a key never set')
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
        'entriesMeta(‘peer:’), opened again',
      )
      insistSame(await again.getMeta('pear'), undefined, 'getMeta() of a deleted key, opened again')
      insistSame(await again.entriesMeta('nobody'), [], 'entriesMeta() of a prefix that no key has')
      await again.close()
    },
  },
  {
    id: 'JOURNAL-25',
    says: 'a prefix is the beginning of a key as it is written, and no pattern',
    check: async (log) => {
      const journal = await log.open()
      for (const key of LOOKALIKES) await journal.setMeta(key, 1)
      for (const prefix of ['peer:', 'peer_', 'peer%', 'peer', 'PEER', ''])
        insistSame(
          byKey(await journal.entriesMeta(prefix)).map(([key]) => key),
          LOOKALIKES.filter((key) => key.startsWith(prefix)),
          `keys from entriesMeta(‘${prefix}’)`,
        )
      await journal.close()
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
      await insistLog(journal, [1], 'with small values set before and after')
      insistSame((await journal.entriesMeta('')).length, 2, 'number of values from entriesMeta()')
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
      insistSame(
        await journal.getMeta('v'),
        expected,
        'getMeta() of a value changed after setMeta() resolved (copy it)',
      )
      await journal.close()
    },
  },
]
