import type { Entry } from '#model/entry'
import type { ConflictView, RecordView } from '#model/view'
import { type Chronicle, type Shelf, shelfOf } from './check-chronicle.ts'
import { placeOf, readDisk, type StoredEntry } from './check-disk.ts'
import { type Reading, readEntries } from './oracle.ts'
import type { WorldDevice } from './types.ts'

/** A running device at rest: what it shows, what its disk holds, and what that means. */
export interface Present {
  readonly device: WorldDevice
  readonly name: string
  readonly peerId: string
  readonly shelf: Shelf
  /** By place; the first of two that claim one. */
  readonly held: ReadonlyMap<string, StoredEntry>
  /** Those that claim a place which another one has. */
  readonly doubled: readonly StoredEntry[]
  readonly reach: (author: string) => number
  readonly records: readonly RecordView[]
  readonly conflicts: readonly ConflictView[]
  readonly reading: Reading
  /** Equal for devices that hold the same entries, in whatever order. */
  readonly set: string
}

/** Everything of the running devices as it is now. */
export const presentOf = async (chronicle: Chronicle): Promise<readonly Present[]> => {
  const running = chronicle.world.devices.filter(({ state }) => state === 'running')
  const disks = await Promise.all(running.map(({ disk }) => readDisk(disk.look())))
  const stored = disks.map(({ entries }) => entries)
  const types = new Set(stored.flat().map(({ entry }) => entry.resourceType))
  const numbers = new Map<string, number>()
  const readings = new Map<string, Reading>()
  return running.map((device, i) => {
    const entries = stored[i] ?? []
    const set = setOf(entries, numbers)
    const reading = readings.get(set) ?? readEntries(entries.map(({ entry }) => entry))
    readings.set(set, reading)
    const shelf = shelfOf(chronicle, device)
    return {
      device,
      name: device.name,
      peerId: device.engine.peerId,
      shelf,
      held: firstOf(entries),
      doubled: doubledIn(entries),
      reach: (author) => reading.vector.get(author) ?? 0,
      records: [...types].toSorted().flatMap((type) => device.engine.records(type)),
      conflicts: device.engine.conflicts(),
      reading,
      set,
    }
  })
}

const firstOf = (entries: readonly StoredEntry[]): ReadonlyMap<string, StoredEntry> =>
  new Map(entries.toReversed().map((stored) => [placeOf(stored.entry.peerId, stored.seq), stored]))

const doubledIn = (entries: readonly StoredEntry[]): StoredEntry[] => {
  const first = firstOf(entries)
  return entries.filter(({ entry, seq, text }) => first.get(placeOf(entry.peerId, seq))?.text !== text)
}

/** Bodies by number, in order; the order on disk counts only where one place is claimed twice. */
const setOf = (entries: readonly StoredEntry[], numbers: Map<string, number>): string => {
  const own = entries.map(({ text }) => {
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  })
  const isForked = firstOf(entries).size < entries.length
  return (isForked ? own : own.toSorted((a, b) => a - b)).join()
}

/** All entries that any of the devices holds, by their text: of one place that forked, each. */
export const unionOf = (present: readonly Present[]): ReadonlyMap<string, Entry> =>
  new Map(
    present.flatMap(({ held, doubled }) =>
      [...held.values(), ...doubled].map(({ text, entry }) => [text, entry] as const),
    ),
  )
