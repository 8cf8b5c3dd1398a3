import { fn } from 'storybook/test'
import { explainAll } from '#engine/explain'
import type { Receipt, SyncEngine, SyncStatus } from '#engine/types'
import type { Dot } from '#model/entry'
import type { ConflictView, RecordView } from '#model/view'
import { DEVICE_NAMES, ME } from './people.ts'
import { storyMembers, type StoryMembers } from './story-members.ts'

/** What a story shows; the rest is a device that runs well and alone. */
export interface StoryState {
  readonly status?: Partial<SyncStatus>
  readonly records?: readonly RecordView[]
  readonly conflicts?: readonly ConflictView[]
  readonly receipt?: (dot: Dot) => Receipt
  readonly members?: StoryMembers
  /** Replaces methods, such as a `put` that rejects. */
  readonly methods?: Partial<SyncEngine>
}

const WELL: SyncStatus = {
  mode: 'idle',
  phase: 'running',
  peers: [],
  outboxCount: 0,
  lastSync: 0,
  signalingConnected: false,
}
const NOWHERE = (dot: Dot): Receipt => ({ dot, state: 'local', on: [], lacking: [] })

/** An engine that stands still in one state: what it shows is what the story says, what is asked of it is recorded. */
export const storyEngine = (state: StoryState = {}): SyncEngine => {
  const status = { ...WELL, ...state.status }
  const records = [...DEVICE_NAMES, ...(state.records ?? [])]
  const byType = Map.groupBy(records, ({ resourceType }) => resourceType)
  const none: readonly RecordView[] = []
  const conflicts = state.conflicts ?? []
  const record = (type: string, id: string) => byType.get(type)?.find((it) => it.id === id)
  const ofType = (type: string) => byType.get(type) ?? none
  const { members, subscribe } = storyMembers(state.members)
  const parts: Partial<SyncEngine> = {
    members,
    peerId: ME,
    room: { id: 'room', secret: 'CHECK~a-room-for-stories' },
    deviceKey: { fingerprint: '40218 77310 05946 31882 90457 13', keeping: 'kept' },
    store: {
      subscribe,
      getStatus: () => status,
      getRecord: record,
      getRecords: ofType,
      getConflicts: () => conflicts,
    },
    record,
    records: ofType,
    conflicts: () => conflicts,
    receipts: state.receipt ?? NOWHERE,
    explain: (peerId) => explainAll(status).filter((it) => peerId === undefined || it.peerId === peerId),
    start: fn(async () => {}),
    stop: fn(async () => {}),
    retry: fn(),
    forget: fn(async () => {}),
    setSignaling: fn(),
    sync: fn(async () => []),
    put: fn(async () => ENTRY),
    remove: fn(async () => ENTRY),
    on: () => () => {},
    ...state.methods,
  }
  return parts as SyncEngine
}

const ENTRY = {
  id: 'm-1',
  resourceType: 'reading',
  action: 'update',
  data: {},
  timestamp: 1,
  peerId: ME,
  vectorClock: { [ME]: 1 },
} as const
