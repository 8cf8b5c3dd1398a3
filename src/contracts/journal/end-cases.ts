import type { Journal } from '#store/journal'
import { insist, insistRefused, insistSame } from '../insist.ts'
import { batch, collect, range } from './batches.ts'
import { insistLog, type JournalCase, numbers } from './journal-case.ts'

const EVERY_CALL: Readonly<Record<string, (journal: Journal) => Promise<unknown>>> = {
  append: (journal) => journal.append(batch(2)),
  readAll: (journal) => collect(journal.readAll()),
  length: (journal) => journal.length(),
  compact: (journal) => journal.compact(),
  getMeta: (journal) => journal.getMeta('x'),
  setMeta: (journal) => journal.setMeta('x', 1),
  entriesMeta: (journal) => journal.entriesMeta('x'),
  deleteMeta: (journal) => journal.deleteMeta('x'),
}

export const endCases: readonly JournalCase[] = [
  {
    id: 'JOURNAL-17',
    says: 'after close every call is refused as storage-failed, and closing again does no harm',
    check: async (log) => {
      const journal = await log.open()
      await journal.append(batch(1))
      await journal.close()
      for (const [name, call] of Object.entries(EVERY_CALL))
        await insistRefused(call(journal), ['storage-failed'], `${name}() after close()`)
      await journal.close()
      const again = await log.open()
      await insistLog(again, [1], 'opened again after all that')
      await again.close()
    },
  },
  {
    id: 'JOURNAL-18',
    says: 'a close in the middle of an append: it resolves and is there, or rejects; never is half of it there',
    check: async (log) => {
      const journal = await log.open()
      await journal.append(batch(1))
      const appending = journal.append(batch(2), batch(3), batch(4)).then(
        () => true,
        () => false,
      )
      const closing = journal.close()
      const resolved = await appending
      await closing
      const again = await log.open()
      const found = await numbers(again)
      insist(
        found.length === 4 || (found.length === 1 && !resolved),
        `append() of 3 batches ${resolved ? 'resolved' : 'rejected'} when close() was called meanwhile; opened again, ` +
          `${Math.max(0, found.length - 1)} of the 3 are there, and ${found.length === 0 ? 'not even the one' : 'the one'} before`,
      )
      insistSame(found, range(1, found.length), 'entries from readAll() opened again')
      await again.append(batch(found.length + 1))
      await insistLog(again, range(1, found.length + 1), 'after one more append()')
      await again.close()
    },
  },
]
