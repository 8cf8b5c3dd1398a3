import type { SyncEngine, SyncStatus } from '#engine/types'
import type { RecordView } from '#model/view'
import type { WorldDevice } from '#world/types'
import { type FaultLog, recordFaults } from '../../src/demo/fault-log.ts'
import type { Sent } from './happenings.ts'
import type { DeviceAt } from './moment.types.ts'
import { type ActorWatch, watchActors } from './watch-actors.ts'

/** One device as it is now, life after life. */
export interface DeviceWatch {
  /** The same object until something changed. */
  read(): DeviceAt
}

export interface DeviceWatchOptions {
  /** Types of the records that are of interest; grows. */
  readonly types: ReadonlySet<string>
  /** ms since 1970, as the device's world has it. */
  readonly now: () => number
  readonly nameOf: (peerId: string) => string
  readonly told: (sent: Sent) => void
}

interface Watched {
  readonly engine: SyncEngine
  readonly actors: ActorWatch
  readonly faults: FaultLog
}

export const watchDevice = (device: WorldDevice, options: DeviceWatchOptions): DeviceWatch => {
  let watched: Watched | undefined
  let last: DeviceAt | undefined

  const tell: Parameters<typeof watchActors>[1] = ({ peerId, ...sent }) =>
    options.told({ ...sent, device: device.name, ...(peerId && { about: options.nameOf(peerId) }) })
  const present = (): Watched => {
    const { engine } = device
    if (watched?.engine === engine) return watched
    // Where nobody listens, the store looks at its status only when asked.
    engine.store.subscribe(() => {})
    watched = { engine, actors: watchActors(engine, tell), faults: recordFaults(engine, options.now) }
    return watched
  }
  present()
  return {
    read: () => {
      const { engine, actors, faults } = present()
      const next: DeviceAt = {
        name: device.name,
        state: device.state,
        peerId: engine.peerId,
        status: engine.store.getStatus(),
        records: recordsOf(engine, options.types, last?.records),
        conflicts: engine.store.getConflicts(),
        faults: faults.read(),
        actors: actors.read(),
      }
      if (!last || !isSame(last, next)) last = next
      return last
    },
  }
}

const isSame = (a: DeviceAt, b: DeviceAt): boolean =>
  (Object.keys(a) as (keyof DeviceAt)[]).every((key) => a[key] === b[key])

const recordsOf = (
  { store }: SyncEngine,
  types: ReadonlySet<string>,
  before: DeviceAt['records'] | undefined,
): DeviceAt['records'] => {
  const isSameAs = (known: DeviceAt['records']) =>
    known.size === types.size && [...types].every((type) => known.get(type) === store.getRecords(type))
  if (before && isSameAs(before)) return before
  return new Map<string, readonly RecordView[]>([...types].map((type) => [type, store.getRecords(type)]))
}

/** What a person would notice of a status: no round trips, no times. */
export const noticeable = ({ status, state }: DeviceAt): string => {
  const { phase, fault, mode, outboxCount, peers, signaling }: SyncStatus = status
  const others = peers.map((peer) => `${peer.peerId} ${peer.state} ${peer.lacks} ${peer.ahead} ${peer.fault ?? ''}`)
  return [state, phase, fault, mode, outboxCount, signaling?.state, signaling?.fault, ...others].join('|')
}
