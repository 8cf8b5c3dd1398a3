import { explainAll } from '#engine/explain'
import type { SyncEngine, SyncStore } from '#engine/types'
import type { RecordView } from '#model/view'
import { LIST_TYPE } from '../../src/demo/import/use-import.ts'
import { count } from '../../src/demo/words.ts'
import type { DeviceAt } from './moment.types.ts'
import { pastError } from './past-error.ts'

/** Where a replayed engine looks. */
export interface ReplayView {
  /** Types of records that are listed as if somebody had imported them. */
  readonly lists: readonly string[]
  /** The device as it is shown now. */
  readonly shown: () => DeviceAt
  readonly isPast: () => boolean
  /** The engine of its present life. */
  readonly live: () => SyncEngine
  /** Calls after every change of what is shown; returns the unsubscribe. */
  readonly subscribe: (listener: () => void) => () => void
  /** Somebody works on the device: told before anything happens. */
  readonly acted: (says: string) => void
  /** Records of that type are of interest from now on. */
  readonly asked: (resourceType: string) => void
}

const NO_RECORDS: readonly RecordView[] = []
const indexes = new WeakMap<readonly RecordView[], ReadonlyMap<string, RecordView>>()

const recordIn = (records: readonly RecordView[], id: string): RecordView | undefined => {
  const index = indexes.get(records) ?? new Map(records.map((record) => [record.id, record]))
  indexes.set(records, index)
  return index.get(id)
}

/** Adds what the app knows its lists by; the same array for the same records. */
const withLists = (lists: readonly string[]) => {
  const own = lists.map((id): RecordView => ({ resourceType: LIST_TYPE, id, alive: true, fields: {}, value: {} }))
  const known = new WeakMap<readonly RecordView[], readonly RecordView[]>()
  return (records: readonly RecordView[]): readonly RecordView[] => {
    const all = known.get(records) ?? [...records, ...own.filter(({ id }) => !records.some((one) => one.id === id))]
    known.set(records, all)
    return all
  }
}

const storeOf = ({ shown, subscribe, asked, lists }: ReplayView): SyncStore => {
  const listed = withLists(lists)
  const getRecords = (resourceType: string) => {
    asked(resourceType)
    const records = shown().records.get(resourceType) ?? NO_RECORDS
    return resourceType === LIST_TYPE && lists.length > 0 ? listed(records) : records
  }
  return {
    subscribe,
    getStatus: () => shown().status,
    getRecords,
    getRecord: (resourceType, id) => recordIn(getRecords(resourceType), id),
    getConflicts: () => shown().conflicts,
  }
}

/**
 * An engine for `SyncProvider` that shows what the stage shows: the past while one scrubs, and now. Whatever it is
 * asked to do goes to the live engine; in the past it is refused with a `FieldmeshError` that says so.
 */
export const replayEngine = (view: ReplayView): SyncEngine => {
  const store = storeOf(view)
  const present = (): SyncEngine => {
    if (view.isPast()) throw pastError()
    return view.live()
  }
  const deed = async <T>(says: string, work: (engine: SyncEngine) => Promise<T>): Promise<T> => {
    const engine = present()
    view.acted(says)
    return work(engine)
  }
  return {
    get peerId() {
      return view.shown().peerId
    },
    get room() {
      return view.live().room
    },
    get deviceKey() {
      return view.live().deviceKey
    },
    get members() {
      return view.live().members
    },
    get actor() {
      return view.live().actor
    },
    store,
    start: () => deed('starts the engine', (engine) => engine.start()),
    stop: () => deed('stops the engine', (engine) => engine.stop()),
    sync: (entries) => {
      for (const { resourceType } of entries) view.asked(resourceType)
      return deed(`writes ${count(entries.length, 'entry', 'entries')}`, (engine) => engine.sync(entries))
    },
    put: (resourceType, id, fields) => {
      view.asked(resourceType)
      return deed(`writes ${resourceType} ${id}`, (engine) => engine.put(resourceType, id, fields))
    },
    remove: (resourceType, id) => deed(`deletes ${resourceType} ${id}`, (engine) => engine.remove(resourceType, id)),
    record: (resourceType, id) => store.getRecord(resourceType, id),
    records: (resourceType) => store.getRecords(resourceType),
    conflicts: () => store.getConflicts(),
    // Who had confirmed what is not kept: only now is it known.
    receipts: (dot) => present().receipts(dot),
    explain: (peerId) => {
      const all = explainAll(view.shown().status)
      return peerId === undefined ? all : all.filter((one) => one.peerId === peerId)
    },
    retry: (peerId) => {
      const engine = present()
      view.acted('presses “Try again”')
      engine.retry(peerId)
    },
    forget: (peerId) => deed('forgets a device', (engine) => engine.forget(peerId)),
    setSignaling: (url) => {
      const engine = present()
      view.acted(`sets the signaling server: ${url ?? 'none'}`)
      engine.setSignaling(url)
    },
    on: (type, handler) => view.live().on(type, handler),
  }
}
