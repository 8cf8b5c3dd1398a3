import { insist, insistSame, sameBytes } from '../insist.ts'
import { batch, collect, range } from './batches.ts'
import { appendEach, insistLog, type JournalCase, numbers } from './journal-case.ts'

/** More than any implementation would read at once. */
const MANY = 150
/** Beyond the largest entry: a batch of an import. */
const LARGE = 900_000

export const orderCases: readonly JournalCase[] = [
  {
    id: 'JOURNAL-1',
    says: 'a new log is empty',
    check: async (log) => {
      const journal = await log.open()
      await insistLog(journal, [], 'of a log that createLog() just gave (each call gives a log of its own)')
      await journal.close()
    },
  },
  {
    id: 'JOURNAL-2',
    says: 'batches come back in order after reopening, and the log goes on behind them',
    check: async (log) => {
      const first = await log.open()
      await first.append(batch(1))
      await first.append(batch(2), batch(3))
      await first.close()
      const second = await log.open()
      await insistLog(second, range(1, 3), 'opened again')
      await second.append(batch(4))
      await insistLog(second, range(1, 4), 'opened again, after one more append()')
      await second.close()
    },
  },
  {
    id: 'JOURNAL-3',
    says: 'bytes come back as they were given, and later changes to the array do not reach them',
    check: async (log) => {
      const journal = await log.open()
      const roomy = new Uint8Array(4_096)
      const view = roomy.subarray(100, 100 + batch(1).length)
      view.set(batch(1))
      await journal.append(view)
      const [given] = await collect(journal.readAll())
      insist(sameBytes(given, batch(1)), 'readAll() gives other bytes than append() was given')
      view.fill(0)
      const [stored] = await collect(journal.readAll())
      insist(sameBytes(stored, batch(1)), 'the array was changed after append() resolved, and the log with it: copy it')
      insistSame(
        stored?.buffer.byteLength,
        stored?.length,
        'memory that the bytes from readAll() hold on to (a view of more keeps all of it)',
      )
      await journal.close()
    },
  },
  {
    id: 'JOURNAL-4',
    says: 'reading from a position leaves out what is before it',
    check: async (log) => {
      const journal = await log.open()
      await appendEach(journal, range(1, 5))
      insistSame(await numbers(journal, 3), [4, 5], 'entries from readAll(3)')
      insistSame(await numbers(journal, 5), [], 'entries from readAll(5), the end')
      insistSame(await numbers(journal, 500), [], 'entries from readAll(500), beyond the end')
      await journal.close()
    },
  },
  {
    id: 'JOURNAL-5',
    says: 'appends made at once all land, in the order of the calls',
    check: async (log) => {
      const journal = await log.open()
      await Promise.all(range(1, 40).map((seq) => journal.append(batch(2 * seq - 1), batch(2 * seq))))
      await insistLog(journal, range(1, 80), 'after 40 appends of two at once')
      await journal.close()
    },
  },
  {
    id: 'JOURNAL-6',
    says: 'a long log, and large batches in it, come back whole',
    check: async (log) => {
      const journal = await log.open()
      await journal.append(...range(1, MANY).map((seq) => batch(seq, seq === 7 ? LARGE : 0)))
      await insistLog(journal, range(1, MANY), `after one append of ${MANY}`)
      const [, large] = await collect(journal.readAll(5))
      insist(sameBytes(large, batch(7, LARGE)), `a batch of ${LARGE} bytes came back from readAll() with other bytes`)
      await journal.close()
    },
  },
  {
    id: 'JOURNAL-7',
    says: 'a reader that stops early holds up nobody',
    check: async (log) => {
      const journal = await log.open()
      await appendEach(journal, range(1, 3))
      for await (const _ of journal.readAll()) break
      await journal.append(batch(4))
      await insistLog(journal, range(1, 4), 'after a reader stopped early')
      await journal.close()
    },
  },
  {
    id: 'JOURNAL-8',
    says: 'an append of nothing changes nothing',
    check: async (log) => {
      const journal = await log.open()
      await journal.append(batch(1))
      await journal.append()
      await journal.append(batch(2))
      await insistLog(journal, [1, 2], 'after an append of nothing')
      await journal.close()
    },
  },
]
