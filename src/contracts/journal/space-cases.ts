import { insistRefused, insistSame } from '../insist.ts'
import { batch, range } from './batches.ts'
import { appendEach, insistLog, type JournalCase } from './journal-case.ts'

const FULL = ['storage-full']
const BROKEN = ['storage-full', 'storage-failed']

export const spaceCases: readonly JournalCase[] = [
  {
    id: 'JOURNAL-19',
    says: 'a full disk refuses with storage-full, keeps what was there, and takes more once there is room',
    needs: 'fill',
    check: async (log) => {
      const journal = await log.open()
      await appendEach(journal, range(1, 3))
      await journal.setMeta('x', 1)
      await log.fill?.()
      await insistRefused(journal.append(batch(4, 500_000)), FULL, 'append() on a full disk')
      await insistLog(journal, range(1, 3), 'on a full disk')
      insistSame(await journal.getMeta('x'), 1, 'getMeta() on a full disk')
      await log.free?.()
      await journal.append(batch(4))
      await insistLog(journal, range(1, 4), 'once there is room again')
      await journal.close()
    },
  },
  {
    id: 'JOURNAL-20',
    says: 'an append that breaks half way leaves nothing of itself, now and after reopening',
    needs: 'breakHalfWay',
    check: async (log) => {
      const journal = await log.open()
      await journal.append(batch(1))
      log.breakHalfWay?.()
      await insistRefused(journal.append(batch(2), batch(3), batch(4)), BROKEN, 'append() that breaks half way')
      await insistLog(journal, [1], 'after an append() that broke half way')
      await journal.append(batch(2))
      await journal.close()
      const again = await log.open()
      await insistLog(again, [1, 2], 'after a broken append, another one, and opening again')
      await again.close()
    },
  },
  {
    id: 'JOURNAL-21',
    says: 'one that breaks among appends made at once takes no other with it, and no place in the log',
    needs: 'breakHalfWay',
    check: async (log) => {
      const journal = await log.open()
      log.breakHalfWay?.()
      const outcomes = await Promise.allSettled(
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ].map((seqs) => journal.append(...seqs.map((seq) => batch(seq)))),
      )
      insistSame(
        outcomes.map(({ status }) => status),
        ['rejected', 'fulfilled', 'fulfilled'],
        'outcomes of three appends at once, the first of which breaks',
      )
      await insistLog(journal, range(3, 6), 'after three appends at once, the first of which broke')
      await journal.close()
    },
  },
]
