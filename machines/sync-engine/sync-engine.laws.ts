import type { SnapshotFrom } from 'xstate'
import type { Law } from '../kit/law.ts'
import type { syncEngineMachine } from './sync-engine.machine.ts'
import { PHASES } from './sync-engine.view.ts'

type EngineSnapshot = SnapshotFrom<typeof syncEngineMachine>

const lives = (snapshot: EngineSnapshot, child: string) => snapshot.children[child] !== undefined

export const syncEngineLaws: readonly Law<EngineSnapshot>[] = [
  {
    id: 'ENGINE-1',
    says: 'the log is opened and used only by the tab that leads',
    holds: (snapshot) => lives(snapshot, 'leadership') || !(lives(snapshot, 'openStore') || lives(snapshot, 'mesh')),
  },
  {
    id: 'ENGINE-2',
    says: 'the mesh, the page and the storage are watched exactly while the engine is up',
    holds: (snapshot) =>
      ['mesh', 'presence', 'storageHealth'].every(
        (child) => lives(snapshot, child) === snapshot.matches({ active: 'up' }),
      ),
  },
  {
    id: 'ENGINE-3',
    says: 'what the opened store told is known exactly while it is open for use',
    holds: (snapshot) =>
      (snapshot.context.opened !== null) ===
      (snapshot.matches({ active: 'up' }) || snapshot.matches({ active: 'mending' })),
  },
  {
    id: 'ENGINE-4',
    says: 'the log is never opened and closed at once',
    holds: (snapshot) => !(lives(snapshot, 'openStore') && lives(snapshot, 'closeStore')),
  },
  {
    id: 'ENGINE-5',
    says: 'the engine is in exactly one of the phases that people know',
    holds: (snapshot) => PHASES.filter((phase) => snapshot.hasTag(phase)).length === 1,
  },
  {
    id: 'ENGINE-6',
    says: 'a failure and a standby say why, and health has nothing to say',
    holds: (snapshot) => {
      const { fault } = snapshot.context
      if (snapshot.hasTag('failed')) return fault !== null
      if (snapshot.matches({ active: { opening: 'standingBy' } })) return fault === 'another-tab'
      return !snapshot.matches({ active: { up: 'healthy' } }) || fault === null
    },
  },
]
