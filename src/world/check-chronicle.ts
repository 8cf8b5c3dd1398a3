import type { SyncEngine } from '#engine/types'
import { placeOf, placeOfEntry, readDisk, type StoredEntry } from './check-disk.ts'
import { createFindings, type FindingList } from './check-rules.ts'
import { brief } from './check-words.ts'
import type { World, WorldDevice } from './types.ts'

/** What is known of one disk since it was last lost, and of the life that goes on on it. */
export interface Shelf {
  readonly device: WorldDevice
  /** `losses` of the disk that this is about. */
  era: number
  /** Batches read so far. */
  length: number
  /** Everything that was ever seen durable in this era, by place; the first of two that claim one. */
  held: Map<string, StoredEntry>
  /** Author → how far its log is held without a gap. */
  reach: Map<string, number>
  /** Places that were applied in this era, as the engine told. */
  applied: Set<string>
  /** Author → the seq applied last in the present life. */
  last: Map<string, number>
  /** The present life; undefined while the device is off. */
  engine: SyncEngine | undefined
  /** How often its store was opened, as far as was seen. */
  openings: number
  /** The peer id under which it found its own log forked, and the opening in which it did. */
  retired: { readonly peerId: string; readonly opening: number } | undefined
}

/** What a world remembers for its checks while it runs. */
export interface Chronicle {
  readonly world: World
  readonly findings: FindingList
  readonly shelves: readonly Shelf[]
  /** Place → bodies that were durable on the disk of their author. */
  readonly born: Map<string, Set<string>>
  /** Author → lowest seq with two different entries. */
  readonly forks: Map<string, number>
  /** Peer id → the device that has or had it, and the losses of its disk when it was first seen. */
  readonly owners: Map<string, { readonly shelf: Shelf; readonly era: number }>
  /** One reading after another: what was asked first is answered first. */
  run(work: () => Promise<void>): void
  /** Resolves when everything asked so far was read. */
  settled(): Promise<void>
}

const chronicles = new WeakMap<World, Chronicle>()

/** The one chronicle of a world; begins where it is first asked for. */
export const chronicleOf = (world: World): Chronicle => {
  const known = chronicles.get(world)
  if (known) return known
  const made = createChronicle(world)
  chronicles.set(world, made)
  return made
}

const createChronicle = (world: World): Chronicle => {
  let queue: Promise<void> = Promise.resolve()
  return {
    world,
    findings: createFindings(world.findings),
    shelves: world.devices.map((device) => ({
      device,
      ...emptyEra(device.disk.losses),
      last: new Map(),
      engine: undefined,
      openings: 0,
    })),
    born: new Map(),
    forks: new Map(),
    owners: new Map(),
    run: (work) => {
      queue = queue.then(work).catch((error: unknown) => {
        world.findings.push({ rule: 'WORLD-ERROR', says: `a check failed: ${String(error)}` })
      })
    },
    settled: () => queue,
  }
}

const emptyEra = (era: number) => ({
  era,
  length: 0,
  held: new Map<string, StoredEntry>(),
  reach: new Map<string, number>(),
  applied: new Set<string>(),
  retired: undefined,
})

/** The shelf of a device, as of now: after a loss of its disk nothing that was promised before is a promise. */
export const shelfOf = ({ shelves }: Chronicle, device: Pick<WorldDevice, 'name'>): Shelf => {
  const shelf = shelves.find((one) => one.device.name === device.name)
  if (!shelf) throw new Error(`There is no shelf for ${device.name}.`)
  const { losses } = shelf.device.disk
  if (shelf.era !== losses) Object.assign(shelf, emptyEra(losses))
  return shelf
}

/** Remembers whose peer ids there are. */
export const learnOwners = (chronicle: Chronicle): void => {
  for (const shelf of chronicle.shelves) {
    for (const peerId of shelf.device.peerIds) {
      if (!chronicle.owners.has(peerId)) chronicle.owners.set(peerId, { shelf, era: shelf.device.disk.losses })
    }
  }
}

/**
 * Reads what came to a disk since it was last read. The disk is looked at now, the rest follows in its turn; an answer
 * for a disk that was lost meanwhile is none.
 */
export const readOn = (chronicle: Chronicle, device: WorldDevice, then?: (shelf: Shelf) => void): void => {
  const shelf = shelfOf(chronicle, device)
  const { era } = shelf
  const journal = device.disk.look()
  chronicle.run(async () => {
    const { entries, length, damage } = await readDisk(journal, shelf.length)
    if (shelf.era !== era) return
    shelf.length = Math.max(shelf.length, length)
    for (const says of damage)
      chronicle.findings.add('WORLD-2', `${device.name}: its disk holds what is no entry: ${says}`)
    for (const stored of entries) shelve(chronicle, shelf, stored)
    then?.(shelf)
  })
}

/** Reads a disk from its beginning: nothing that was durable may have vanished (WORLD-7). */
export const readAnew = (chronicle: Chronicle, device: WorldDevice): void => {
  const shelf = shelfOf(chronicle, device)
  const { era } = shelf
  const journal = device.disk.look()
  chronicle.run(async () => {
    const { entries } = await readDisk(journal)
    if (shelf.era !== era) return
    const there = new Set(entries.map(({ entry }) => placeOfEntry(entry)))
    for (const place of shelf.held.keys())
      if (!there.has(place))
        chronicle.findings.add('WORLD-7', `${device.name}: ${place} was durable and is gone from its disk`)
  })
  readOn(chronicle, device)
}

const shelve = (chronicle: Chronicle, shelf: Shelf, stored: StoredEntry): void => {
  const { entry, seq, text } = stored
  const place = placeOf(entry.peerId, seq)
  if (isOwn(shelf.device, entry.peerId)) bear(chronicle, shelf.device, stored)
  const before = shelf.held.get(place)
  if (before && before.text !== text) noteFork(chronicle, entry.peerId, seq)
  if (before) return
  shelf.held.set(place, stored)
  let reach = shelf.reach.get(entry.peerId) ?? 0
  while (shelf.held.has(placeOf(entry.peerId, reach + 1))) reach += 1
  shelf.reach.set(entry.peerId, reach)
}

/** Before its first start is over a device's peer id is not listed yet. */
export const isOwn = (device: WorldDevice, author: string): boolean =>
  device.peerIds.includes(author) || (device.state !== 'off' && device.engine.peerId === author)

const bear = (chronicle: Chronicle, { name, disk }: WorldDevice, { entry, seq, text }: StoredEntry): void => {
  const place = placeOf(entry.peerId, seq)
  const bodies = chronicle.born.get(place) ?? new Set()
  if (bodies.has(text)) return
  chronicle.born.set(place, bodies.add(text))
  if (bodies.size === 1) return
  noteFork(chronicle, entry.peerId, seq)
  if (disk.losses > 0) return
  const both = [...bodies].map(brief).join(' and ')
  chronicle.findings.add('WORLD-4', `${name} wrote two entries at ${place}, and its disk was never lost: ${both}`)
}

const noteFork = ({ forks }: Chronicle, author: string, seq: number): void => {
  forks.set(author, Math.min(seq, forks.get(author) ?? seq))
}
