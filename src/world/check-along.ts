import { TIMINGS } from '#machines/kit/timings'
import { LIMITS } from '#model/limits'
import { checkApplied } from './check-applied.ts'
import { type Chronicle, chronicleOf, enterEra, learnOwners, readOn, type Shelf } from './check-chronicle.ts'
import { checkClaims } from './check-claims.ts'
import { placeOfEntry, readDisk } from './check-disk.ts'
import { listenTo } from './check-lives.ts'
import type { World, WorldDevice } from './types.ts'

/** Everything is looked at this often, ms of the world; the costly part each few times. */
const LOOK_MS = 500
const CLAIMS_EVERY = 8
/** Three beats, and one that was just missed; ICE may find the end first. */
const NOTICED_MS = 4 * TIMINGS.beat + TIMINGS.disconnectedGrace

/**
 * Watches what must hold all the time; what does not goes to `world.findings`. Install it before anything happens.
 * It only looks: a world runs the same with it and without.
 */
export const watchWorld = (world: World): void => {
  const chronicle = chronicleOf(world)
  const gone = new Map<string, number>()
  let looks = 0
  world.onApplied((device, dots) => checkApplied(chronicle, device, dots))
  const look = (): void => {
    world.after(LOOK_MS, look)
    learnOwners(chronicle)
    for (const shelf of chronicle.shelves) {
      noteLife(chronicle, shelf)
      checkDepot(chronicle, shelf.device)
      noteGone(world, shelf.device, gone)
    }
    checkShownPeers(chronicle, gone)
    checkResolved(chronicle)
    if (looks++ % CLAIMS_EVERY === 0) checkClaims(chronicle)
  }
  look()
}

/** Lives that were seen, to notice a new one. */
const lives = new WeakMap<Shelf, { readonly state: string; readonly era: number; readonly engine: object | undefined }>()

/** At the end and at the beginning of a life the disk is read from its beginning: what was there must be there. */
const noteLife = (chronicle: Chronicle, shelf: Shelf): void => {
  const { device } = shelf
  const engine = device.state === 'off' ? undefined : device.engine
  const before = lives.get(shelf)
  const isSame = before?.engine === engine && before?.state === device.state
  lives.set(shelf, { state: device.state, era: device.disk.losses, engine })
  if (isSame || (before?.engine === engine && engine !== undefined)) return
  if (engine) listenTo(chronicle, shelf, device.engine)
  checkKept(chronicle, shelf)
}

/** Nothing that was durable has vanished (WORLD-7). */
export const checkKept = (chronicle: Chronicle, shelf: Shelf): void => {
  enterEra(shelf)
  const { era, device } = shelf
  const journal = device.disk.look()
  chronicle.run(async () => {
    if (shelf.era !== era) return
    const { entries } = await readDisk(journal)
    const there = new Map(entries.map((stored) => [placeOfEntry(stored.entry), stored]))
    for (const place of shelf.held.keys()) {
      if (!there.has(place))
        chronicle.findings.add('WORLD-7', `${device.name}: ${place} was durable and is gone from its disk`)
    }
  })
  readOn(chronicle, shelf)
}

/** Bytes that rest (WORLD-12). */
const checkDepot = ({ findings }: Chronicle, device: WorldDevice): void => {
  if (device.state === 'off') return
  const { bytes } = device.depot
  if (bytes > LIMITS.depotBytes) findings.add('WORLD-12', `${device.name}: ${bytes} bytes rest in memory`)
}

const noteGone = (world: World, { name, state }: WorldDevice, gone: Map<string, number>): void => {
  if (state !== 'off') gone.delete(name)
  else if (!gone.has(name)) gone.set(name, world.now())
}

/** Nobody shows a device as connected that is off (WORLD-17). */
const checkShownPeers = ({ world, findings }: Chronicle, gone: ReadonlyMap<string, number>): void => {
  for (const { name, state, engine } of world.devices.filter((device) => device.state === 'running')) {
    const connected = engine.store.getStatus().peers.filter((peer) => peer.state === 'connected')
    for (const { peerId } of connected) {
      const other = world.devices.find((device) => device.peerIds.at(-1) === peerId)
      const since = other && gone.get(other.name)
      if (other && since !== undefined && world.now() - since > NOTICED_MS)
        findings.add(
          'WORLD-17',
          `${name} (${state}) shows ${other.name} as connected, ${world.now() - since} ms after it was switched off`,
        )
    }
  }
}

const resolvedSoFar = new WeakMap<Chronicle, number>()

/** A write that resolved is durable where it was written (WORLD-6). */
const checkResolved = (chronicle: Chronicle): void => {
  const { world, shelves, findings } = chronicle
  const from = resolvedSoFar.get(chronicle) ?? 0
  const fresh = world.writes.slice(from)
  resolvedSoFar.set(chronicle, world.writes.length)
  for (const shelf of shelves) {
    enterEra(shelf)
    const own = fresh.filter(({ device, at }) => device === shelf.device.name && at >= (eraBegan(chronicle, shelf)))
    if (own.length === 0) continue
    readOn(chronicle, shelf, () => {
      for (const { entry, at } of own) {
        if (!shelf.held.has(placeOfEntry(entry)))
          findings.add('WORLD-6', `${shelf.device.name}: the write ${placeOfEntry(entry)} resolved at ${at} ms and is not on its disk`)
      }
    })
  }
}

const eras = new WeakMap<Shelf, { era: number; at: number }>()

/** When the present era of a disk was first seen; writes before it may be lost. */
const eraBegan = ({ world }: Chronicle, shelf: Shelf): number => {
  const known = eras.get(shelf)
  if (known?.era === shelf.era) return known.at
  const at = shelf.era === 0 ? 0 : world.now()
  eras.set(shelf, { era: shelf.era, at })
  return at
}
