import type { TransportFact } from '#machines/ports'
import { createTransportLogic } from '#adapters/webrtc/create-transport-logic'
import { createDepot } from '#wire/depot'
import type { Ticket } from '#wire/messages'
import { PRIORITY } from '#wire/messages'
import { createSide, type Side } from './transport-side.ts'

/** A side whose RTCPeerConnection can be looked at, and the number of times it was closed. */
export interface RealSide extends Side {
  readonly pc: () => RTCPeerConnection
  readonly closes: () => number
  readonly channel: (name: 'ctl' | 'bulk') => RTCDataChannel
}

export interface PairOptions {
  /** Changes or swallows (undefined) what signaling carries. */
  readonly carry?: (
    fact: Extract<TransportFact, { type: 'link.signal' }>,
  ) => Extract<TransportFact, { type: 'link.signal' }> | undefined
  readonly onFact?: (fact: TransportFact, side: Side) => void
}

export const CONN_ID = 'attempt-1'

/** A real RTCPeerConnection that is remembered together with its channels. */
const watchedClass = () => {
  const seen: { pc?: RTCPeerConnection; closes: number; channels: Map<string, RTCDataChannel> } = {
    closes: 0,
    channels: new Map(),
  }
  class Watched extends RTCPeerConnection {
    constructor(config?: RTCConfiguration) {
      super(config)
      seen.pc = this
    }
    override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, options)
      seen.channels.set(label, channel)
      return channel
    }
    override close(): void {
      seen.closes += 1
      super.close()
    }
  }
  return { Watched, seen }
}

const present = <T>(thing: T | undefined): T => {
  if (thing === undefined) throw new Error('not made yet')
  return thing
}

/** One real transport; its signals go to `carryTo`. */
export const createRealSide = (
  role: 'dialer' | 'answerer',
  onFact: (fact: TransportFact, side: Side) => void,
): RealSide => {
  const { Watched, seen } = watchedClass()
  const depot = createDepot()
  const logic = createTransportLogic({ depot, RTCPeerConnection: Watched })
  const side = createSide({ logic, depot, onFact, input: { peerId: role, connId: CONN_ID, epoch: 1, role } })
  return {
    ...side,
    pc: () => present(seen.pc),
    closes: () => seen.closes,
    channel: (name) => present(seen.channels.get(name)),
  }
}

/** Two transports in one page, wired by their signals. */
export const createPair = ({ carry = (fact) => fact, onFact }: PairOptions = {}) => {
  const wire = (other: () => Side) => (fact: TransportFact, side: Side) => {
    const carried = fact.type === 'link.signal' ? carry(fact) : undefined
    if (carried) other().send({ type: 'transport.signal', signal: carried.signal })
    onFact?.(fact, side)
  }
  const answerer: RealSide = createRealSide(
    'answerer',
    wire(() => dialer),
  )
  const dialer: RealSide = createRealSide(
    'dialer',
    wire(() => answerer),
  )
  return {
    dialer,
    answerer,
    sides: [dialer, answerer] as const,
    stop: () => [dialer, answerer].map((side) => side.stop()),
  }
}

/** Puts bytes into the side's depot and orders them sent on bulk. */
export const sendBytes = (side: Side, bytes: Uint8Array, priority: 1 | 2 | 3 = PRIORITY.live): Ticket => {
  const ticket = side.depot.put(CONN_ID, bytes)
  if (ticket === undefined) throw new Error('the depot is full')
  side.send({ type: 'transport.send', ticket, kind: 'entries', channel: 'bulk', priority })
  return ticket
}
