import type { PeerConnectionClass } from '#adapters/webrtc/connection'
import { createTransportLogic } from '#adapters/webrtc/create-transport-logic'
import { createPresence } from '#adapters/page/presence'
import { createPulse } from '#adapters/page/pulse'
import { alwaysLeader, createLeadership } from '#adapters/storage/leadership'
import type { SocketConstructor } from '#adapters/websocket/open-socket'
import { createSocketLogic } from '#adapters/websocket/socket'
import { createSyncEngine } from '#engine/create-sync-engine'
import type { EnginePorts } from '#engine/ports'
import type { Room, SyncEngine } from '#engine/types'
import type { Dot, Entry } from '#model/entry'
import { FieldmeshError } from '#model/fault'
import type { SimCrypto } from '#sim/crypto'
import { createHost, type Host } from '#sim/host'
import type { Network } from '#sim/network'
import { createSimulatedPage, type SimulatedPage } from '#sim/page'
import type { Random } from '#sim/random'
import type { Rtc } from '#sim/rtc'
import { createWebSocketClass, type Listener } from '#sim/web-socket'
import type { Depot } from '#wire/depot-types'
import { createDepot } from '#wire/depot'
import { countSockets } from './count-sockets.ts'
import type { Machine } from './machine.ts'
import { watchWrites } from './watch-writes.ts'

const SIGNALING = 'ws://server/'

/** What every device of a world lives on. */
export interface Ground {
  readonly network: Network
  readonly rtc: Rtc
  readonly crypto: SimCrypto
  readonly server: Listener
  readonly maxDirectPeers: number | undefined
  /** The room as a device is given it. */
  readonly roomOf: (device: string) => Room | string
  readonly failed: (device: string, error: unknown) => void
}

/** Whose life it is, and who is told of it. */
export interface Lived {
  readonly name: string
  readonly machine: Machine
  /** What its random bytes come from, life after life. */
  readonly luck: Random
  readonly wrote: (entries: readonly Entry[]) => void
  readonly applied: (dots: readonly Dot[]) => void
}

/** One life of a device, or of one of its tabs: from switching it on until it loses its power. */
export interface Life {
  readonly host: Host
  readonly page: SimulatedPage
  readonly engine: SyncEngine
  readonly crashed: Promise<never>
  readonly crash: () => void
  readonly sockets: () => number
  readonly depot: Depot
}

export const beginLife = (ground: Ground, lived: Lived): Life => {
  const { name, machine } = lived
  const host = createHost({ name, timeline: ground.network.timeline, wallNow: machine.wallNow })
  const page = createSimulatedPage()
  const made: { depot: Depot } = { depot: createDepot() }
  const sockets = countSockets()
  const WebSocket = sockets.counted(createWebSocketClass(ground.network, ground.server, host, machine.place))
  const ports = portsOf({ ground, lived, host, page, made, WebSocket: WebSocket as unknown as SocketConstructor })
  const { crashed, crash } = powerOf(name)
  const engine = createSyncEngine({
    room: ground.roomOf(name),
    signaling: SIGNALING,
    ports,
    ...(ground.maxDirectPeers !== undefined && { maxDirectPeers: ground.maxDirectPeers }),
    logger: {
      debug: () => {},
      warn: () => {},
      error: (message, data) => ground.failed(name, data ?? new Error(message)),
    },
  })
  engine.on('entries', ({ dots }) => lived.applied(dots))
  return {
    host,
    page,
    engine: watchWrites(engine, crashed, lived.wrote),
    crashed,
    crash,
    sockets: sockets.open,
    get depot() {
      return made.depot
    },
  }
}

const powerOf = (name: string): Pick<Life, 'crash' | 'crashed'> => {
  const { promise, reject } = Promise.withResolvers<never>()
  // Whoever waits for the device hears of it; with nobody waiting it is nobody’s concern.
  promise.catch(() => undefined)
  const crash = () => reject(new FieldmeshError('engine-stopped', `The device ${name} lost its power.`))
  return { crashed: promise, crash }
}

interface Seats {
  readonly ground: Ground
  readonly lived: Lived
  readonly host: Host
  readonly page: SimulatedPage
  readonly made: { depot: Depot }
  readonly WebSocket: SocketConstructor
}

const portsOf = ({ ground, lived, host, page, made, WebSocket }: Seats): EnginePorts => {
  const { machine, luck } = lived
  return {
    transport: (depot) => {
      made.depot = depot
      // The simulated class is the part of the browser's that the adapter uses.
      const RTCPeerConnection = ground.rtc.classFor(host, machine.place) as unknown as PeerConnectionClass
      return createTransportLogic({ depot, RTCPeerConnection, clock: host.steady })
    },
    socket: (trust) => createSocketLogic({ trust, WebSocket, clock: host.steady }),
    presence: createPresence({ page: page.page, clock: host.wall }),
    leadership: machine.tabs.length > 1 ? createLeadership({ locks: machine.locks.of(host) }) : alwaysLeader,
    pulse: createPulse({ clock: host.wall }),
    openJournal: async () => machine.disk.open(host),
    crypto: ground.crypto.suiteFor(luck.bytes),
    deviceKeys: machine.keys,
    now: () => host.wall.now(),
    randomBytes: (length) => luck.bytes(length),
    clock: host.wall,
  }
}
