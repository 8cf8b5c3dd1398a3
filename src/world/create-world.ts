import { FieldmeshError } from '#model/fault'
import { createSimCrypto } from '#sim/crypto'
import { createDrain } from '#sim/drained'
import { createNetwork } from '#sim/network'
import { createRandom } from '#sim/random'
import { createRtc } from '#sim/rtc'
import { createSimulatedSignaling } from '#sim/signaling-server'
import { createTimeline } from '#sim/timeline'
import { createTrace } from '#sim/trace'
import { openRoomKeys } from '#trust/room-keys'
import { checkMs, checkRoad } from './check-arguments.ts'
import { createDevices } from './create-devices.ts'
import { describeWorld } from './describe-world.ts'
import { healAll } from './heal-all.ts'
import { createHostilePeer } from './hostile.ts'
import { isQuiet } from './is-quiet.ts'
import type { Finding, HostilePeer, ResolvedWrite, World, WorldDevice, WorldOptions } from './types.ts'
import { waitForQuiet } from './wait-for-quiet.ts'
import { WaitedTooLong } from './waited-too-long.ts'
import { createWorldNetwork } from './world-network.ts'
import { createWorldRoom } from './world-room.ts'

const MOST_PEERS = 20
/** A condition is looked at this often, ms of the world. */
const LOOK_MS = 25
const PATIENCE_MS = 120_000

type AppliedListener = Parameters<World['onApplied']>[0]
type ResolvedListener = Parameters<World['onResolved']>[0]

const checkOptions = ({ seed, peers, road = {} }: WorldOptions): void => {
  if (!Number.isSafeInteger(seed)) throw new FieldmeshError('options-invalid', 'A world’s seed is a whole number.')
  if (!Number.isSafeInteger(peers) || peers < 1 || peers > MOST_PEERS)
    throw new FieldmeshError('options-invalid', `A world has 1 to ${MOST_PEERS} peers.`)
  checkRoad(road)
}

/**
 * n production engines in one simulation: charts, adapters, codecs and stores are those that ship; only the browser
 * under them (RTCPeerConnection, WebSocket, disk, page, clocks) and the network are simulated. Nothing happens unless
 * the world's clock is turned, by `pass` or `until`. For applications' own tests too, with any test runner.
 *
 * @throws FieldmeshError `options-invalid`
 * @example
 * const world = createWorld({ seed: 1, peers: 3 })
 * await world.start()
 * world.network.cut('a', 'b')
 * await world.settle(world.device('a').engine.put('reading', 'm1', { kwh: 812 }))
 * await world.quiesce()
 * world.device('b').engine.record('reading', 'm1')?.value // { kwh: 812 }
 * await world.stop()
 */
export const createWorld = (options: WorldOptions): World => {
  checkOptions(options)
  const { seed, pace } = options
  const timeline = createTimeline()
  const drained = createDrain()
  const random = createRandom(seed, 'world')
  const trace = createTrace()
  const network = createNetwork({ timeline, random, trace, ...(options.road && { road: options.road }) })
  const rtc = createRtc(network)
  const crypto = createSimCrypto()
  const suite = crypto.suiteFor(random.fork('room').bytes)
  const common = createWorldRoom(options.membership ?? 'secret-only', crypto, random.fork('room'))
  const server = createSimulatedSignaling(network, suite)
  const writes: ResolvedWrite[] = []
  const findings: Finding[] = []
  const listeners: AppliedListener[] = []
  const resolvedListeners: ResolvedListener[] = []
  const stepListeners: (() => void)[] = []
  const hostiles: HostilePeer[] = []
  const failed = (where: string, error: unknown): void => {
    const says = error instanceof Error ? (error.stack ?? error.message) : String(error)
    findings.push({ rule: 'WORLD-ERROR', says: `${where}: ${says}` })
  }
  const room = openRoomKeys(suite, common.secret)
  const devices = createDevices(options, {
    ground: { network, rtc, crypto, server, maxDirectPeers: options.maxDirectPeers, roomOf: common.givenTo, failed },
    wrote: (device, entries) => {
      const fresh = entries.map((entry) => ({ device, at: timeline.now(), entry }))
      writes.push(...fresh)
      for (const listener of resolvedListeners) listener(fresh)
    },
    applied: (device, dots) => {
      for (const listener of listeners) listener(device, dots)
    },
  })

  const isDue = (end: number): boolean => (timeline.nextAt() ?? Number.POSITIVE_INFINITY) <= end
  /** Fires the next timer, and everything that follows from it at once. */
  const fire = async (): Promise<void> => {
    try {
      timeline.step()
    } catch (error) {
      failed('a task', error)
    }
    await drained()
    for (const listener of stepListeners) listener()
  }
  /** Whoever holds the time may do something meanwhile: what is due is looked at again. */
  const held = async (): Promise<void> => {
    if (!pace) return
    await pace(timeline.nextAt() ?? 0)
    await drained()
  }
  const stepTo = async (end: number): Promise<boolean> => {
    if (!isDue(end)) return false
    await held()
    if (!isDue(end)) return stepTo(end)
    await fire()
    return true
  }
  const runTo = async (end: number): Promise<void> => {
    await drained()
    while (await stepTo(end));
    timeline.skipTo(end)
  }
  /** What needs time to pass before it resolves. */
  const turning = async <T>(what: string, work: Promise<T>): Promise<T> => {
    let isDone = false
    const done = () => {
      isDone = true
    }
    void work.catch(() => undefined).finally(done)
    await world.until(what, () => isDone)
    return work
  }
  const find = (name: string): WorldDevice => {
    const device = devices.find((one) => one.name === name)
    if (!device) throw new FieldmeshError('options-invalid', `There is no device “${name}” in this world.`)
    return device
  }

  const world: World = {
    seed,
    devices,
    writes,
    findings,
    network: createWorldNetwork(network, rtc, { devices, hostiles }),
    server,
    now: timeline.now,
    device: find,
    hostiles,
    addHostile: (arms) => {
      const name = `hostile-${hostiles.length + 1}`
      const hostile = createHostilePeer(name, { network, rtc, server, room, crypto }, arms)
      hostiles.push(hostile)
      return hostile
    },
    start: async () => {
      await turning('every device runs', Promise.all(devices.map((device) => device.start())))
    },
    pass: async (ms) => {
      checkMs('pass', ms)
      await runTo(timeline.now() + ms)
    },
    step: async () => {
      await drained()
      return stepTo(Number.MAX_VALUE)
    },
    nextAt: () => timeline.nextAt(),
    onStep: (listener) => void stepListeners.push(listener),
    settle: (work) => turning('what was waited for is settled', work),
    until: async (what, holds, withinMs = PATIENCE_MS) => {
      checkMs('until', withinMs)
      const began = timeline.now()
      await drained()
      while (!holds()) {
        if (timeline.now() - began > withinMs) throw new WaitedTooLong(what, withinMs, describeWorld(world))
        await runTo(timeline.now() + LOOK_MS)
      }
      return timeline.now() - began
    },
    after: (ms, task) => {
      checkMs('after', ms)
      timeline.after(ms, task)
    },
    onApplied: (listener) => void listeners.push(listener),
    onResolved: (listener) => void resolvedListeners.push(listener),
    healAll: () => turning('everything is healed', healAll(world)),
    isQuiet: () => isQuiet(world),
    quiesce: async (withinMs) => {
      await world.healAll()
      return waitForQuiet(world, withinMs)
    },
    onTrace: trace.onNote,
    digest: trace.digest,
    stop: async () => {
      await turning('every device stopped', Promise.all(devices.map((device) => device.stop())))
      await world.pass(1_000)
      server.stop()
    },
  }
  return world
}
