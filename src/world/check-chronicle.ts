import { placeOf, readDisk, type StoredEntry } from './check-disk.ts'
import { createFindings, type FindingList } from './check-rules.ts'
import type { World, WorldDevice } from './types.ts'

/** What is known of one disk since it was last lost. */
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
    shelves: world.devices.map((device) => emptyShelf(device)),
    born: new Map(),
    forks: new Map(),
    owners: new Map(),
    run: (work) => {
      queue = queue.then(work).catch((error: unknown) => {
        world.findings.push({ rule: 'WORLD-ERROR', says: `a check: ${String(error)}` })
      })
    },
    settled: () => queue,
  }
}

const emptyShelf = (device: WorldDevice): Shelf => ({
  device,
  era: device.disk.losses,
  length: 0,
  held: new Map(),
  reach: new Map(),
  applied: new Set(),
})

export const shelfOf = ({ shelves }: Chronicle, device: WorldDevice): Shelf => {
  const shelf = shelves.find((one) => one.device.name === device.name)
  if (!shelf) throw new Error(`no shelf for ${device.name}`)
  return shelf
}

/** After a loss nothing that was promised before is a promise. To be called before a shelf is used. */
export const enterEra = (shelf: Shelf): void => {
  if (shelf.era !== shelf.device.disk.losses) Object.assign(shelf, emptyShelf(shelf.device))
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
export const readOn = (chronicle: Chronicle, shelf: Shelf, then?: () => void): void => {
  enterEra(shelf)
  const { era } = shelf
  const journal = shelf.device.disk.look()
  chronicle.run(async () => {
    const { entries, length, damage } = await readDisk(journal, shelf.length)
    if (shelf.era !== era) return
    shelf.length = Math.max(shelf.length, length)
    for (const says of damage) chronicle.findings.add('WORLD-2', `${shelf.device.name}: its disk holds ${says}`)
    for (const stored of entries) shelve(chronicle, shelf, stored)
    then?.()
  })
}

const shelve = (chronicle: Chronicle, shelf: Shelf, stored: StoredEntry): void => {
  const { entry, seq, text } = stored
  const place = placeOf(entry.peerId, seq)
  if (isOwn(shelf.device, entry.peerId)) bear(chronicle, shelf, stored)
  const before = shelf.held.get(place)
  if (before && before.text !== text) noteFork(chronicle, entry.peerId, seq)
  if (before) return
  shelf.held.set(place, stored)
  let reach = shelf.reach.get(entry.peerId) ?? 0
  while (shelf.held.has(placeOf(entry.peerId, reach + 1))) reach += 1
  shelf.reach.set(entry.peerId, reach)
}

/** Before it runs for the first time a device has no peer id that anybody knows; then nothing is on its disk. */
const isOwn = ({ peerIds, state, engine }: WorldDevice, author: string): boolean =>
  peerIds.includes(author) || (state !== 'off' && engine.peerId === author)

const bear = (chronicle: Chronicle, shelf: Shelf, { entry, seq, text }: StoredEntry): void => {
  const place = placeOf(entry.peerId, seq)
  const bodies = chronicle.born.get(place) ?? new Set()
  chronicle.born.set(place, bodies.add(text))
  if (bodies.size < 2) return
  noteFork(chronicle, entry.peerId, seq)
  if (shelf.device.disk.losses > 0) return
  chronicle.findings.add(
    'WORLD-4',
    `${shelf.device.name} wrote two entries at ${place} although its disk was never lost: ${[...bodies].join(' and ')}`,
  )
}

const noteFork = ({ forks }: Chronicle, author: string, seq: number): void => {
  forks.set(author, Math.min(seq, forks.get(author) ?? seq))
}
