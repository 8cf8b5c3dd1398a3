import { TIMINGS } from '#machines/kit/timings'
import type { World, WorldDevice } from '#world/types'
import type { Name } from './pair.ts'

/** Longer than a fault takes to be noticed by everybody, the server included; a page that slept as long mistrusts its socket. */
const CALM_MS = TIMINGS.socketStale + 15_000
/** All attempts at links and server are used up long before. */
const PATIENCE_MS = 1_200_000
/** Shorter than a link's silence is borne, and longer than it takes to be noticed. */
const MOMENT_MS = TIMINGS.silentHold / 2
/** Longer than a link's silence is borne, and shorter than a page has to sleep to mistrust its socket. */
const MINUTE_MS = (3 / 4) * TIMINGS.socketStale

type Deed = (world: World) => Promise<void> | void

const on =
  (name: Name, deed: (device: WorldDevice, world: World) => Promise<void> | void): Deed =>
  (world) =>
    deed(world.device(name), world)
const frozenFor = (ms: number): Deed =>
  on('b', async (b, world) => {
    b.freeze()
    await world.pass(ms)
    b.thaw()
  })
const cutFor =
  (ms: number, from: Name, to: string): Deed =>
  async (world) => {
    world.network.cut(from, to)
    await world.pass(ms)
    world.network.heal(from, to)
  }

/** What each action of the model is in a world of two engines. */
export const DEEDS: Readonly<Record<string, Deed>> = {
  'start a': on('a', (a, world) => world.settle(a.start())),
  'start b': on('b', (b, world) => world.settle(b.start())),
  'stop a': on('a', (a, world) => world.settle(a.stop())),
  'stop b': on('b', (b, world) => world.settle(b.stop())),
  'crash b': on('b', (b) => b.crash()),
  'try again on a': on('a', ({ engine }) => engine.retry()),
  'try again on b': on('b', ({ engine }) => engine.retry()),
  'freeze b': on('b', (b) => b.freeze()),
  'thaw b': on('b', (b) => b.thaw()),
  'freeze b for a moment': frozenFor(MOMENT_MS),
  'freeze b for a minute': frozenFor(MINUTE_MS),
  'cut the road': (world) => world.network.cut('a', 'b'),
  'heal the road': (world) => world.network.heal('a', 'b'),
  'cut the road for a moment': cutFor(MOMENT_MS, 'a', 'b'),
  'cut the road for a minute': cutFor(MINUTE_MS, 'a', 'b'),
  'stop the server': (world) => world.server.stop(),
  'start the server': (world) => world.server.start(),
  'stop the server for a minute': async (world) => {
    world.server.stop()
    await world.pass(MINUTE_MS)
    world.server.start()
  },
}

const RESTING_SIGNALING: ReadonlySet<string> = new Set(['online', 'gaveUp', 'refused', 'offline'])
const RESTING_PEER: ReadonlySet<string> = new Set(['connected', 'absent', 'gaveUp', 'refused'])

const rests = ({ state, engine }: WorldDevice): boolean => {
  if (state !== 'running') return true
  const { phase, signaling, peers } = engine.store.getStatus()
  return (
    phase === 'running' &&
    RESTING_SIGNALING.has(signaling?.state ?? '') &&
    peers.every((peer) => RESTING_PEER.has(peer.state))
  )
}

/** Lets time pass until every chart has been at rest for a while: nothing more happens by itself. */
export const comeToRest = async (world: World): Promise<void> => {
  let since = world.now()
  const isCalm = () => {
    if (!world.devices.every(rests)) since = world.now()
    return world.now() - since >= CALM_MS
  }
  await world.until('everything is at rest', isCalm, PATIENCE_MS)
}
