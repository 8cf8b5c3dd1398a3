import { createPresence } from '#adapters/page/presence'
import { createPulse } from '#adapters/page/pulse'
import { alwaysLeader } from '#adapters/storage/leadership'
import type { PeerConnectionClass } from '#adapters/webrtc/connection'
import { createTransportLogic } from '#adapters/webrtc/create-transport-logic'
import type { SocketConstructor } from '#adapters/websocket/open-socket'
import { createSocketLogic } from '#adapters/websocket/socket'
import { createSyncEngine } from '#engine/create-sync-engine'
import type { EnginePorts } from '#engine/ports'
import type { SyncEngine } from '#engine/types'
import { base64url } from '#model/base64url'
import type { Json } from '#model/entry'
import { createHost } from '#sim/host'
import { createNetwork } from '#sim/network'
import { createSimulatedPage } from '#sim/page'
import { createRandom, type Random } from '#sim/random'
import { createRtc } from '#sim/rtc'
import { createSimulatedSignaling } from '#sim/signaling-server'
import { createSimulatedDisk } from '#sim/storage'
import { createTimeline, type Timeline } from '#sim/timeline'
import { createTrace } from '#sim/trace'
import { createWebSocketClass, type Listener } from '#sim/web-socket'
import type { CryptoSuite } from '#trust/crypto.types'
import type { SocketTrust } from '#trust/socket-trust.types'
import type { StageCrypto } from './relay-crypto.ts'
import { createRelayPost, type RelayPost } from './relay-post.ts'
import { unbound } from './relay-unbound.ts'

/** 32 bytes: no words of people, so nothing needs to be stretched. */
const SECRET = base64url(new Uint8Array(32).fill(7))
const BEGINS = Date.UTC(2026, 0, 1)
const PATIENCE_MS = 120_000

/** One production engine whose road to the signaling server leads through the post. */
export interface StageDevice {
  readonly engine: SyncEngine
  /** What became of each box that reached it: `opened`, or the fault. */
  readonly boxes: readonly string[]
}

/** Two devices of one room, and a place in between for whoever wants to sit there. */
export interface RelayStage {
  readonly devices: readonly [StageDevice, StageDevice]
  readonly post: RelayPost
  /** What somebody at the post has, the room's secret apart. */
  readonly seat: { readonly suite: CryptoSuite; readonly post: RelayPost; readonly PeerConnection: PeerConnectionClass }
  readonly secret: string
  readonly random: Random
  readonly after: (ms: number, task: () => void) => void
  /** Data frames of links, whoever's they are, that reached their end. */
  readonly frames: () => number
  readonly pass: (ms: number) => Promise<void>
  readonly until: (what: string, holds: () => boolean) => Promise<void>
  /** Starts both devices, and each writes one note before they meet; who sits at the post is there before. */
  readonly begin: (notes: readonly [string, string]) => Promise<void>
  /** The words of the notes that each device has. */
  readonly notes: () => readonly (readonly (Json | undefined)[])[]
  /** Lets time pass until it is done. */
  readonly settle: <T>(work: Promise<T>) => Promise<T>
  readonly stop: () => Promise<unknown>
}

export interface RelayStageOptions {
  readonly crypto: StageCrypto
  /** False for the control: what the devices sign says nothing of their certificates. */
  readonly isBound?: boolean
  /** Of every chance there is. */
  readonly seed?: number
}

const createTurner = (timeline: Timeline, idle: () => Promise<void>, explain: () => string) => {
  const runTo = async (end: number): Promise<void> => {
    await idle()
    while ((timeline.nextAt() ?? Number.POSITIVE_INFINITY) <= end) {
      timeline.step()
      await idle()
    }
    timeline.skipTo(end)
  }
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    const end = timeline.now() + PATIENCE_MS
    await idle()
    while (!holds()) {
      if (timeline.now() >= end) throw new Error(`never came true: ${what}\n${explain()}`)
      await runTo(timeline.now() + 25)
    }
  }
  return {
    pass: (ms: number) => runTo(timeline.now() + ms),
    until,
    settle: async <T>(work: Promise<T>): Promise<T> => {
      let isDone = false
      void work
        .catch(() => undefined)
        .finally(() => {
          isDone = true
        })
      await until('what was waited for is settled', () => isDone)
      return work
    },
  }
}

/** The server as the devices reach it: whatever it says to one of them passes the post. */
const behind = (server: Listener, post: RelayPost): Listener => ({
  place: server.place,
  get isUp() {
    return server.isUp
  },
  accept: (end, place) => {
    const line = post.line((text) => end.send(text))
    const attendant = server.accept(
      {
        send: line.fromServer,
        close: (code) => end.close(code),
        break: () => end.break(),
        get answers() {
          return end.answers
        },
      },
      place,
    )
    return {
      received: (text) => {
        line.fromDevice(text)
        attendant.received(text)
      },
      ended: (code) => attendant.ended(code),
    }
  },
})

/** Notes what becomes of each box. */
const watched = (trust: SocketTrust, boxes: string[]): SocketTrust => ({
  ...trust,
  open: async (from, box) => {
    const opened = await trust.open(from, box)
    boxes.push(opened.ok ? 'opened' : opened.fault)
    return opened
  },
})

const writeNote = async (engine: SyncEngine, words: string): Promise<void> => {
  await engine.start()
  await engine.put('note', `note of ${engine.peerId}`, { words })
}

export const createRelayStage = ({ crypto, isBound = true, seed = 1 }: RelayStageOptions): RelayStage => {
  const timeline = createTimeline()
  const random = createRandom(seed, 'relay')
  const trace = createTrace()
  const network = createNetwork({ timeline, random, trace })
  const rtc = createRtc(network)
  const post = createRelayPost()
  const server = behind(createSimulatedSignaling(network, crypto.suiteFor(random.fork('server'))), post)
  let frames = 0
  trace.onNote((_, what) => {
    if (/ (?:ctl|bulk)$/.test(what)) frames += 1
  })
  const hostOf = (name: string) => createHost({ name, timeline, wallNow: () => BEGINS + timeline.now() })
  const classFor = (name: string) => rtc.classFor(hostOf(name), name) as unknown as PeerConnectionClass

  const portsOf = (name: string, boxes: string[]): EnginePorts => {
    const host = hostOf(name)
    const luck = random.fork(`bytes of ${name}`)
    const disk = createSimulatedDisk(name, timeline, random.fork(`disk of ${name}`), trace)
    const RTCPeerConnection = rtc.classFor(host, name) as unknown as PeerConnectionClass
    const WebSocket = createWebSocketClass(network, server, host, name) as unknown as SocketConstructor
    return {
      transport: (depot) => {
        const logic = createTransportLogic({ depot, RTCPeerConnection, clock: host.steady })
        return isBound ? logic : unbound(logic)
      },
      socket: (trust) => createSocketLogic({ trust: watched(trust, boxes), WebSocket, clock: host.steady }),
      presence: createPresence({ page: createSimulatedPage().page, clock: host.wall }),
      leadership: alwaysLeader,
      pulse: createPulse({ clock: host.wall }),
      openJournal: async () => disk.open(host),
      crypto: crypto.suiteFor(luck),
      deviceKeys: crypto.keysFor(random.fork(`keys of ${name}`)),
      now: () => host.wall.now(),
      randomBytes: luck.bytes,
      clock: host.wall,
    }
  }
  const makeDevice = (name: string): StageDevice => {
    const boxes: string[] = []
    const engine = createSyncEngine({ room: SECRET, signaling: 'ws://server/', ports: portsOf(name, boxes) })
    return { engine, boxes }
  }
  const devices = [makeDevice('ada'), makeDevice('bob')] as const
  const explain = () => JSON.stringify(devices.map(({ engine }) => engine.explain()))
  const turner = createTurner(timeline, crypto.idle, explain)
  return {
    devices,
    post,
    seat: { suite: crypto.suiteFor(random.fork('relay')), post, PeerConnection: classFor('relay') },
    secret: SECRET,
    random: random.fork('of whoever sits there'),
    after: (ms, task) => void timeline.after(ms, task),
    frames: () => frames,
    begin: async (notes) => {
      await turner.settle(Promise.all(devices.map(({ engine }, i) => writeNote(engine, notes[i] ?? ''))))
    },
    notes: () => devices.map(({ engine }) => engine.records('note').map(({ value }) => value['words'])),
    stop: () => turner.settle(Promise.all(devices.map(({ engine }) => engine.stop()))),
    ...turner,
  }
}
