import type { SnapshotFrom } from 'xstate'
import { LIMITS } from '#model/limits'
import type { Law } from '../kit/law.ts'
import { MAX_ATTEMPTS, TIMINGS } from '../kit/timings.ts'
import type { signalingMachine } from './signaling.machine.ts'
import { waitOf } from './signaling.setup.ts'

export const signalingLaws: readonly Law<SnapshotFrom<typeof signalingMachine>>[] = [
  {
    id: 'SIGNALING-1',
    says: 'there is a socket exactly while we are up, and never two',
    holds: (snapshot) => snapshot.matches('up') === 'socket' in snapshot.children,
  },
  {
    id: 'SIGNALING-2',
    says: 'we are offline exactly while no server is set',
    holds: (snapshot) => snapshot.matches('offline') === (snapshot.context.url === null),
  },
  {
    id: 'SIGNALING-3',
    says: 'attempts are counted up to the ceiling, where we give up',
    holds: ({ context, value }) =>
      context.attempt <= MAX_ATTEMPTS.signaling && (context.attempt < MAX_ATTEMPTS.signaling || value === 'gaveUp'),
  },
  {
    id: 'SIGNALING-4',
    says: 'where nobody is being called there is a reason',
    holds: (snapshot) => snapshot.matches('up') || snapshot.context.fault !== null,
  },
  {
    id: 'SIGNALING-5',
    says: 'online there is no fault',
    holds: (snapshot) => !snapshot.hasTag('connected') || snapshot.context.fault === null,
  },
  {
    id: 'SIGNALING-6',
    says: 'a socket that keeps talking nonsense is given up',
    holds: ({ context }) => context.malformed < LIMITS.malformedPerSocket,
  },
  {
    id: 'SIGNALING-7',
    says: 'a wait is at least what the server asked for, and no server can make it endless',
    holds: ({ context }) =>
      waitOf(context) >= context.retryMs && waitOf(context) <= TIMINGS.serverHoldMax + TIMINGS.backoffMax,
  },
]
