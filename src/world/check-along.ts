import { TIMINGS } from '#machines/kit/timings'
import { LIMITS } from '#model/limits'
import type { PeerStatus } from '#store/sync-store.types'
import { checkApplied } from './check-applied.ts'
import { type Chronicle, chronicleOf, learnOwners, readOn } from './check-chronicle.ts'
import { checkClaims } from './check-claims.ts'
import { placeOfEntry } from './check-disk.ts'
import { followLife } from './check-lives.ts'
import type { ResolvedWrite, World, WorldDevice } from './types.ts'

/** Everything is looked at this often, ms of the world; what is costly once in so many looks. */
const LOOK_MS = 500
const CLAIMS_EVERY = 8
/** Three beats after the last word, one that had just passed, and a link that was opened when the power went. */
const NOTICED_MS = 4 * TIMINGS.beat + TIMINGS.greeting
/** How long a device that is gone may be shown so. */
const SHOWN_MS: Partial<Record<PeerStatus['state'], number>> = {
  connected: NOTICED_MS,
  recovering: NOTICED_MS + TIMINGS.disconnectedGrace + TIMINGS.iceRestart + TIMINGS.silentHold,
}

/**
 * Watches what must hold all the time; what does not goes to `world.findings`. Install it before the world starts.
 * It only looks: a world runs the same with it and without.
 *
 * @example
 * const world = createWorld({ seed: 1, peers: 3 })
 * watchWorld(world)
 * await world.start()
 */
export const watchWorld = (world: World): void => {
  const chronicle = chronicleOf(world)
  const goneSince = new Map<string, number>()
  let looks = 0
  world.onResolved((fresh) => checkResolved(chronicle, fresh))
  world.onApplied((device, dots) => checkApplied(chronicle, device, dots))
  const look = (): void => {
    world.after(LOOK_MS, look)
    learnOwners(chronicle)
    for (const shelf of chronicle.shelves) {
      followLife(chronicle, shelf)
      checkDepot(chronicle, shelf.device)
      noteGone(world, shelf.device, goneSince)
    }
    checkShown(chronicle, goneSince)
    if (looks++ % CLAIMS_EVERY === 0) checkClaims(chronicle)
  }
  look()
}

/** WORLD-12 while things move. */
const checkDepot = ({ findings }: Chronicle, device: WorldDevice): void => {
  if (device.state === 'off') return
  const { name, restingBytes } = device
  if (restingBytes > LIMITS.depotBytes) findings.add('WORLD-12', `${name}: ${restingBytes} bytes rest in memory`)
}

const noteGone = (world: World, { name, state }: WorldDevice, goneSince: Map<string, number>): void => {
  if (state === 'running') goneSince.delete(name)
  else if (!goneSince.has(name)) goneSince.set(name, world.now())
}

/** Of the tabs that had or have an identity, the one that was there last. */
const bearerOf = (
  { devices }: World,
  peerId: string,
  goneSince: ReadonlyMap<string, number>,
): WorldDevice | undefined => {
  const last = ({ name }: WorldDevice): number => goneSince.get(name) ?? Number.POSITIVE_INFINITY
  return devices.filter(({ peerIds }) => peerIds.at(-1) === peerId).toSorted((a, b) => last(b) - last(a))[0]
}

/** WORLD-17. */
const checkShown = ({ world, findings }: Chronicle, goneSince: ReadonlyMap<string, number>): void => {
  if (goneSince.size === 0) return
  for (const { name, engine } of world.devices.filter(({ state }) => state === 'running')) {
    for (const { peerId, state } of engine.store.getStatus().peers) {
      const other = bearerOf(world, peerId, goneSince)
      const since = other && goneSince.get(other.name)
      // A page may thaw for a moment, unseen from here, and answer.
      const patience = other?.state === 'off' ? 1 : 2
      const limit = patience * (SHOWN_MS[state] ?? Number.POSITIVE_INFINITY)
      if (!other || since === undefined || world.now() - since <= limit) continue
      findings.add(
        'WORLD-17',
        `${name} shows ${other.name} as ${state}, ${world.now() - since} ms after it fell silent`,
      )
    }
  }
}

/** WORLD-6 for writes: what resolves is durable where it was written, at that very moment. */
const checkResolved = (chronicle: Chronicle, fresh: readonly ResolvedWrite[]): void => {
  for (const { device } of chronicle.shelves) {
    const own = fresh.filter((write) => write.device === device.name)
    if (own.length === 0) continue
    readOn(chronicle, device, ({ held }) => {
      for (const { entry, at } of own)
        if (!held.has(placeOfEntry(entry)))
          chronicle.findings.add(
            'WORLD-6',
            `${device.name}: ${placeOfEntry(entry)} resolved at ${at} ms and is not on its disk`,
          )
    })
  }
}
