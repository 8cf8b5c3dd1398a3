import { insist, insistSame, sameBytes } from '../insist.ts'
import { batch, collect, numbersIn, range } from './batches.ts'
import { appendEach, type JournalCase, numbers } from './journal-case.ts'

export const compactionCases: readonly JournalCase[] = [
  {
    id: 'JOURNAL-12',
    says: 'compaction merges small segments; content, order, length, ranges and small values stay',
    check: async (log) => {
      const journal = await log.open()
      await journal.setMeta('kept', 1)
      await appendEach(journal, range(1, 70))
      await journal.compact()
      insist((await collect(journal.readAll())).length < 70, 'nothing was merged')
      insistSame(await numbers(journal), range(1, 70), 'content')
      insistSame([await journal.length(), await journal.getMeta('kept')], [70, 1], 'length and small value')
      const tail = await numbers(journal, 30)
      insist(
        range(31, 70).every((seq) => tail.includes(seq)),
        `from 30 came only ${tail.join(' ')}`,
      )
      await appendEach(journal, range(71, 73))
      insistSame(await numbers(journal, 70), range(71, 73), 'what was appended since')
      await journal.compact()
      insistSame(await numbers(journal), range(1, 73), 'content after another compaction')
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
      insistSame([await again.length(), await numbers(again)], [20, range(1, 20)], 'length and content')
      await again.append(batch(21))
      insistSame(await numbers(again, 20), [21], 'what was appended since')
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
      insistSame(await numbers(journal), [1, 2, 'damaged', 4, 5], 'content')
      const segments = await collect(journal.readAll())
      insist(
        segments.some((bytes) => sameBytes(bytes, damaged)),
        'the damaged bytes were changed',
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
      insistSame([...seen], range(1, 100), 'what the reader saw')
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
      insistSame([await journal.length(), await numbers(journal)], [60, range(1, 60)], 'length and content')
      await journal.close()
    },
  },
]
