import type { SnapshotFrom } from 'xstate'
import type { Law } from '../kit/law.ts'
import type { reassemblyMachine } from './reassembly.machine.ts'

export const reassemblyLaws: readonly Law<SnapshotFrom<typeof reassemblyMachine>>[] = [
  {
    id: 'REASSEMBLY-1',
    says: 'a message is complete exactly when all its chunks are here',
    holds: (snapshot) => snapshot.matches('complete') === snapshot.context.received >= snapshot.context.total,
  },
  {
    id: 'REASSEMBLY-2',
    says: 'chunks are counted from the one that opened the message, and none twice',
    holds: ({ context: { received, total } }) => received >= 1 && received <= total,
  },
  {
    id: 'REASSEMBLY-3',
    says: 'a message stalls only when nothing has come since the last look',
    holds: (snapshot) => !snapshot.matches('stalled') || snapshot.context.seen === snapshot.context.received,
  },
  {
    id: 'REASSEMBLY-4',
    says: 'it ends with the ticket it began with, and a message given up names its fault',
    holds: ({ status, output, context: { ticket, kind, received, total } }) =>
      status !== 'done' ||
      (output?.ticket === ticket &&
        output.kind === kind &&
        (output.outcome === 'abandoned' ? output.fault === 'message-stalled' : received === total)),
  },
]
