import { insist, insistSame, sameBytes } from '../insist.ts'
import { batch, collect, numbersIn, range } from './batches.ts'
import { appendEach, insistLog, type JournalCase, numbers } from './journal-case.ts'

/** Enough to be worth merging, for any implementation. */
const SMALL = 70

export const compactionCases: readonly JournalCase[] = [
  {
    id: 'JOURNAL-12',
    says: 'compaction keeps content, order, length, ranges and small values',
    check: async (log) => {
      const journal = await log.open()
      await journal.setMeta('kept', 1)
      await appendEach(journal, range(1, SMALL))
      await journal.compact()
      await insistLog(journal, range(1, SMALL), 'after compact()')
      insistSame(await journal.getMeta('kept'), 1, 'small value after compact()')
      const tail = await numbers(journal, 30)
      insistSame(
        range(31, SMALL).filter((seq) => !tail.includes(seq)),
        [],
        'entries that readAll(30) leaves out after compact()',
      )
      await appendEach(journal, range(SMALL + 1, SMALL + 3))
      insistSame(await numbers(journal, SMALL), range(SMALL + 1, SMALL + 3), 'entries appended since compact()')
      await journal.compact()
      await insistLog(journal, range(1, SMALL + 3), 'after another compact()')
      await journal.close()
    },
  },
  {
    id: 'JOURNAL-24',
    says: 'compaction merges small segments',
    needs: 'compact',
    check: async (log) => {
      const journal = await log.open()
      await appendEach(journal, range(1, SMALL))
      await journal.compact()
      const { length } = await collect(journal.readAll())
      insist(length < SMALL, `${SMALL} small segments, ${length} after compact(): at least some should be merged`)
      await journal.close()
    },
  },
  {
    id: 'JOURNAL-13',
    says: 'a compacted log is the same log after reopening',
    check: async (log) => {
      const journal = await log.open()
      await appendEach(journal, range(1, 20))
      await journal.compact()
      await journal.close()
      const again = await log.open()
      await insistLog(again, range(1, 20), 'after compact(), close() and open()')
      await again.append(batch(21))
      insistSame(await numbers(again, 20), [21], 'entries appended since')
      await again.close()
    },
  },
  {
    id: 'JOURNAL-14',
    says: 'compaction leaves a damaged segment as it is, in its place',
    check: async (log) => {
      const journal = await log.open()
      const damaged = batch(3).fill(7, 20, 30)
      await journal.append(batch(1), batch(2), damaged, batch(4), batch(5))
      await journal.compact()
      await insistLog(journal, [1, 2, 'damaged', 4, 5], 'after compact()')
      const segments = await collect(journal.readAll())
      insist(
        segments.some((bytes) => sameBytes(bytes, damaged)),
        'a segment that cannot be read came out of compact() with other bytes: leave such segments as they are',
      )
      await journal.close()
    },
  },
  {
    id: 'JOURNAL-15',
    says: 'a compaction in the middle of reading hides nothing from the reader',
    check: async (log) => {
      const journal = await log.open()
      await appendEach(journal, range(1, 100))
      const seen = new Set<unknown>()
      let compacted = false
      for await (const bytes of journal.readAll()) {
        for (const seq of numbersIn([bytes])) seen.add(seq)
        if (!compacted) await journal.compact()
        compacted = true
      }
      insistSame([...seen], range(1, 100), 'entries that a reader saw while compact() ran')
      await journal.close()
    },
  },
  {
    id: 'JOURNAL-16',
    says: 'appends during a compaction are neither lost nor moved',
    check: async (log) => {
      const journal = await log.open()
      await appendEach(journal, range(1, 50))
      await Promise.all([journal.compact(), ...range(51, 60).map((seq) => journal.append(batch(seq)))])
      await insistLog(journal, range(1, 60), 'after compact() and ten appends at once')
      await journal.close()
    },
  },
]
