import type { Random } from './random.ts'
import type { TimerId, Timeline } from './timeline.ts'
import type { Trace } from './trace.ts'

/** How messages travel one way between two places. */
export interface Road {
  /** ms that every message takes at least. */
  readonly latencyMs: number
  /** Up to so many ms more, by chance; messages of one pipe stay in order. */
  readonly jitterMs: number
  /** Share of messages, 0 to 1, that are lost and sent again by the transport: they and those behind come late. */
  readonly loss: number
  /** Bytes per second; `Infinity` for no limit. */
  readonly bytesPerSecond: number
}

/** What carries one stream one way: nothing is lost or reordered while it lives, as over SCTP or TCP. */
export interface Pipe {
  /** `arrived` is called when the message is there: never inside this call. `note` goes into the trace. */
  send(size: number, arrived: () => void, note: string, bytes?: Uint8Array): void
  /** While held nothing arrives, as if the road were cut. */
  readonly hold: (isHeld: boolean) => void
  /** Drops everything under way. */
  close(): void
}

/** Places, the roads between them, and what is cut. */
export interface Network {
  /** From one place to another, this way only. */
  isOpen(from: string, to: string): boolean
  road(from: string, to: string): Road
  setRoad(road: Partial<Road>, from?: string, to?: string): void
  readonly block: (from: string, to: string) => void
  readonly unblock: (from: string, to: string) => void
  unblockAll(): void
  /** A place off the network reaches nobody. */
  setAttached(place: string, attached: boolean): void
  /** Calls after every change of what is open. */
  onChange(listener: () => void): () => void
  pipe(from: string, to: string): Pipe
  readonly timeline: Timeline
  readonly random: Random
  readonly trace: Trace
}

export const CALM_ROAD: Road = {
  latencyMs: 5,
  jitterMs: 3,
  loss: 0,
  bytesPerSecond: Number.POSITIVE_INFINITY,
}

/** First repeat of a lost message, ms; doubles (RFC 6298 has 1 s, SCTP stacks of browsers 200–500 ms). */
const REPEAT_MS = 250
const MOST_REPEATS = 6

export interface NetworkOptions {
  readonly timeline: Timeline
  readonly random: Random
  readonly trace: Trace
  readonly road?: Partial<Road>
}

export const createNetwork = (options: NetworkOptions): Network => {
  const { timeline, random, trace } = options
  let everyRoad: Road = { ...CALM_ROAD, ...options.road }
  const roads = new Map<string, Road>()
  const blocked = new Set<string>()
  const detached = new Set<string>()
  const listeners = new Set<() => void>()
  const lanes = new Map<string, Lane>()
  const key = (from: string, to: string) => `${from}>${to}`
  const changed = () => {
    for (const listener of Array.from(listeners)) listener()
  }
  const network: Network = {
    timeline,
    random,
    trace,
    isOpen: (from, to) => !blocked.has(key(from, to)) && !detached.has(from) && !detached.has(to),
    road: (from, to) => roads.get(key(from, to)) ?? everyRoad,
    setRoad: (road, from, to) => {
      if (from !== undefined && to !== undefined) roads.set(key(from, to), { ...network.road(from, to), ...road })
      else {
        everyRoad = { ...everyRoad, ...road }
        for (const [name, one] of roads) roads.set(name, { ...one, ...road })
      }
    },
    block: (from, to) => {
      blocked.add(key(from, to))
      changed()
    },
    unblock: (from, to) => {
      if (blocked.delete(key(from, to))) changed()
    },
    unblockAll: () => {
      if (blocked.size === 0) return
      blocked.clear()
      changed()
    },
    setAttached: (place, attached) => {
      if (attached) detached.delete(place)
      else detached.add(place)
      changed()
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    pipe: (from, to) => {
      const lane = lanes.get(key(from, to)) ?? { freeAt: 0, random: random.fork(`road ${key(from, to)}`) }
      lanes.set(key(from, to), lane)
      return createPipe(network, from, to, lane)
    },
  }
  return network
}

/** What all pipes one way between two places share: their bandwidth and their luck. */
interface Lane {
  freeAt: number
  readonly random: Random
}

interface Parcel {
  readonly size: number
  readonly arrived: () => void
  readonly note: string
  readonly bytes: Uint8Array | undefined
  dueAt: number
}

const createPipe = (network: Network, from: string, to: string, lane: Lane): Pipe => {
  const { timeline, trace } = network
  const parcels: Parcel[] = []
  let lastDue = 0
  let isHeld = false
  let timer: TimerId | undefined
  let unwatch: (() => void) | undefined

  const travelTime = ({ latencyMs, jitterMs, loss }: Road): number => {
    let ms = latencyMs + jitterMs * lane.random.next()
    for (let repeat = 0; repeat < MOST_REPEATS && lane.random.chance(loss); repeat++) ms += REPEAT_MS * 2 ** repeat
    return ms
  }
  const arm = (): void => {
    const [head] = parcels
    if (head && timer === undefined) timer = timeline.after(head.dueAt - timeline.now(), arrive)
  }
  const passes = (): boolean => !isHeld && network.isOpen(from, to)
  const arrive = (): void => {
    timer = undefined
    if (!passes()) {
      waitForRoad()
      return
    }
    const parcel = parcels.shift()
    if (!parcel) return
    arm()
    trace.note(timeline.now(), `${from}>${to} ${parcel.note}`, parcel.bytes)
    parcel.arrived()
  }
  /** The transport goes on repeating; soon after the road is open again, one repeat gets through. */
  const waitForRoad = (): void => {
    unwatch ??= network.onChange(goOn)
  }
  const goOn = (): void => {
    if (!unwatch || !passes()) return
    stopWaiting()
    const again = timeline.now() + REPEAT_MS * (1 + lane.random.next())
    for (const parcel of parcels) parcel.dueAt = Math.max(parcel.dueAt, again)
    lastDue = Math.max(lastDue, again)
    arm()
  }
  const stopWaiting = (): void => {
    unwatch?.()
    unwatch = undefined
  }

  return {
    send: (size, arrived, note, bytes) => {
      const road = network.road(from, to)
      const leaveAt = Math.max(timeline.now(), lane.freeAt)
      lane.freeAt = leaveAt + (size / road.bytesPerSecond) * 1_000
      lastDue = Math.max(lastDue, lane.freeAt + travelTime(road))
      parcels.push({ size, arrived, note, bytes, dueAt: lastDue })
      if (!unwatch) arm()
    },
    hold: (held) => {
      isHeld = held
      goOn()
    },
    close: () => {
      timeline.cancel(timer)
      timer = undefined
      stopWaiting()
      parcels.length = 0
    },
  }
}
