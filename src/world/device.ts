import type { PeerConnectionClass } from '#adapters/webrtc/connection'
import { createTransportLogic } from '#adapters/webrtc/create-transport-logic'
import { createPresence } from '#adapters/page/presence'
import { createPulse } from '#adapters/page/pulse'
import { alwaysLeader } from '#adapters/storage/leadership'
import type { SocketConstructor } from '#adapters/websocket/open-socket'
import { createSocketLogic } from '#adapters/websocket/socket'
import { createSyncEngine } from '#engine/create-sync-engine'
import type { EnginePorts } from '#engine/ports'
import type { SyncEngine } from '#engine/types'
import type { Entry } from '#model/entry'
import { FieldmeshError } from '#model/fault'
import { createHost, type Host } from '#sim/host'
import type { Network } from '#sim/network'
import { createSimulatedPage, type SimulatedPage } from '#sim/page'
import type { Random } from '#sim/random'
import type { Rtc } from '#sim/rtc'
import { createSimulatedDisk } from '#sim/storage'
import { createWebSocketClass, type Listener } from '#sim/web-socket'
import type { Depot } from '#wire/depot-types'
import { createDepot } from '#wire/depot'
import { countSockets } from './count-sockets.ts'
import { createWorldDisk } from './world-disk.ts'
import { watchWrites } from './watch-writes.ts'
import type { DeviceState, WorldDevice } from './types.ts'

/** When the world begins, by a clock that is right. */
export const WORLD_BEGINS = Date.UTC(2026, 0, 1)
/** The room that every device of a world is in. */
export const ROOM = 'the room of the world'
const SIGNALING = 'ws://server/'

/** What every device of a world lives on. */
export interface Ground {
  readonly network: Network
  readonly rtc: Rtc
  readonly server: Listener
  readonly random: Random
  readonly maxDirectPeers: number | undefined
  readonly wrote: (device: string, entries: readonly Entry[]) => void
  readonly applied: (device: WorldDevice, dots: readonly { peerId: string; seq: number }[]) => void
  readonly failed: (device: string, error: unknown) => void
}

/** One life of a device: from switching it on until it loses its power. */
interface Life {
  readonly host: Host
  readonly page: SimulatedPage
  readonly engine: SyncEngine
  readonly crashed: Promise<never>
  readonly crash: () => void
  readonly sockets: () => number
  depot: Depot
}

export const createDevice = (name: string, ground: Ground): WorldDevice => {
  const { network, random } = ground
  const { timeline, trace } = network
  const disk = createSimulatedDisk(name, timeline, random.fork(`disk ${name}`), trace)
  const peerIds: string[] = []
  const luck = random.fork(`bytes of ${name}`)
  let aheadMs = 0
  let state: DeviceState = 'off'
  let life: Life | undefined

  const begin = (): Life => {
    const host = createHost({ name, timeline, wallNow: () => WORLD_BEGINS + timeline.now() + aheadMs })
    const page = createSimulatedPage()
    let crash = () => {}
    const crashed = new Promise<never>((_, reject) => {
      crash = () => reject(new FieldmeshError('engine-stopped', `The device ${name} lost its power.`))
    })
    crashed.catch(() => undefined)
    const made: { depot: Depot } = { depot: createDepot() }
    const sockets = countSockets()
    const WebSocket = sockets.counted(createWebSocketClass(network, ground.server, host, name))
    const ports = portsOf(host, page, made, WebSocket as unknown as SocketConstructor)
    const engine = createSyncEngine({
      room: ROOM,
      signaling: SIGNALING,
      ports,
      ...(ground.maxDirectPeers !== undefined && { maxDirectPeers: ground.maxDirectPeers }),
      logger: {
        debug: () => {},
        warn: () => {},
        error: (message, data) => ground.failed(name, data ?? new Error(message)),
      },
    })
    engine.on('entries', ({ origin, dots }) => {
      if (origin !== 'loaded') ground.applied(device, dots)
    })
    const watched = watchWrites(engine, crashed, (entries) => ground.wrote(name, entries))
    return {
      host,
      page,
      engine: watched,
      crashed,
      crash,
      sockets: sockets.open,
      get depot() {
        return made.depot
      },
    }
  }
  const portsOf = (
    host: Host,
    page: SimulatedPage,
    made: { depot: Depot },
    WebSocket: SocketConstructor,
  ): EnginePorts => ({
    transport: (depot) => {
      made.depot = depot
      // The simulated class is the part of the browser's that the adapter uses.
      const RTCPeerConnection = ground.rtc.classFor(host, name) as unknown as PeerConnectionClass
      return createTransportLogic({ depot, RTCPeerConnection, clock: host.steady })
    },
    socket: createSocketLogic({ WebSocket, clock: host.steady }),
    presence: createPresence({ page: page.page, clock: host.wall }),
    leadership: alwaysLeader,
    pulse: createPulse({ clock: host.wall }),
    openJournal: async () => disk.open(host),
    now: () => host.wall.now(),
    randomBytes: (length) => luck.bytes(length),
    clock: host.wall,
  })
  const alive = (): Life => {
    life ??= begin()
    return life
  }
  const standStill = (next: 'frozen' | 'asleep') => {
    if (state !== 'running' || !life) return false
    state = next
    return true
  }

  const device: WorldDevice = {
    name,
    peerIds,
    disk: createWorldDisk(disk, () => state === 'off'),
    get state() {
      return state
    },
    get engine() {
      return alive().engine
    },
    get restingBytes() {
      return life?.depot.bytes ?? 0
    },
    get sockets() {
      return life?.sockets() ?? 0
    },
    get timers() {
      return life?.host.timers ?? 0
    },
    start: async () => {
      if (state !== 'off') return
      const { engine, crashed } = alive()
      state = 'running'
      try {
        await Promise.race([engine.start(), crashed])
      } catch (error) {
        if (life?.engine === engine) state = 'off'
        throw error
      }
      if (peerIds.at(-1) !== engine.peerId) peerIds.push(engine.peerId)
    },
    stop: async () => {
      if (state === 'off' || !life) return
      if (state === 'frozen') device.thaw()
      if (state === 'asleep') device.wake()
      const { engine, crashed } = life
      await Promise.race([engine.stop(), crashed])
      if (life?.engine === engine) state = 'off'
    },
    crash: () => {
      if (!life || state === 'off') return
      const { host, crash } = life
      life = undefined
      if (state === 'asleep') network.setAttached(name, true)
      state = 'off'
      host.kill()
      ground.rtc.bury(host)
      crash()
    },
    freeze: () => {
      if (!standStill('frozen')) return
      life?.page.hide()
      life?.page.freeze()
      life?.host.freeze()
    },
    thaw: () => {
      if (state !== 'frozen' || !life) return
      state = 'running'
      life.host.thaw()
      const { page, host } = life
      timeline.after(0, () => host.deliver(page.resume))
      timeline.after(0, () => host.deliver(page.show))
    },
    sleep: () => {
      if (!standStill('asleep')) return
      life?.host.freeze()
      network.setAttached(name, false)
    },
    wake: () => {
      if (state !== 'asleep' || !life) return
      state = 'running'
      network.setAttached(name, true)
      life.host.thaw()
    },
    roam: () => {
      if (state !== 'running' || !life) return
      const { page, host } = life
      ground.rtc.moveAddress(host)
      host.deliver(() => page.setNetwork(`wifi ${timeline.now()}`))
    },
    setClock: (ms) => {
      aheadMs = ms
    },
  }
  return device
}
