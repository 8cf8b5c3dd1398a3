import type { TransportFact } from '#machines/ports'
import { chunksOf, parseChunk } from '#wire/chunk'
import { decodeControl, encodeControl } from '#wire/control-codec'
import { createDepot } from '#wire/depot'
import { type ControlMessage, type MessageKind, PRIORITY } from '#wire/messages'
import { SimulatedClock } from 'xstate'
import { type FakePeerConnection, fakePeerConnections } from './fake-peer-connection.ts'
import { createSide, type Side } from './transport-side.ts'
import { createTransportLogic, type TransportOptions } from '#adapters/webrtc/create-transport-logic'

export const CONN = 'conn-1'

/** A clock that knows how many timers are armed. */
class CountingClock extends SimulatedClock {
  readonly #armed = new Set<number>()

  get armed(): number {
    return this.#armed.size
  }

  override setTimeout(fire: () => void, ms: number): number {
    const id = super.setTimeout(() => {
      this.#armed.delete(id)
      fire()
    }, ms)
    this.#armed.add(id)
    return id
  }

  override clearTimeout(id: number): void {
    this.#armed.delete(id)
    super.clearTimeout(id)
  }
}

export const launch = (
  options: Partial<TransportOptions> & { role?: 'dialer' | 'answerer'; digests?: () => boolean } = {},
) => {
  const { role = 'dialer', digests, ...rest } = options
  const clock = new CountingClock()
  const depot = createDepot()
  const { PeerConnection, made } = fakePeerConnections()
  const logic = createTransportLogic({ depot, clock, RTCPeerConnection: PeerConnection, ...rest })
  const input = { peerId: 'b', connId: CONN, epoch: 7, role }
  const side = createSide({ logic, input, depot, ...(digests && { digests }) })
  const pc = made[0] as FakePeerConnection
  const [ctl, bulk] = pc.channels as [FakePeerConnection['channels'][0], FakePeerConnection['channels'][0]]
  const open = () => {
    ctl.open()
    bulk.open()
  }
  return { side, pc, ctl, bulk, depot, clock, open }
}

export const last = (side: Side): TransportFact | undefined => side.facts.at(-1)
export const offer = { kind: 'offer', connId: CONN, epoch: 1, sdp: 'v=0 remote' } as const
export const answer = { ...offer, kind: 'answer' } as const
export const candidate = { kind: 'candidate', connId: CONN, candidate: 'candidate:1', mid: '0', line: 0 } as const
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

export const frames = (kind: MessageKind, bytes: Uint8Array, msgId: number) => [
  ...chunksOf(bytes, { kind, msgId, priority: PRIORITY.live, deflated: false }),
]
export const said = (message: ControlMessage, msgId = 1) => frames(message.kind, encodeControl(message), msgId)[0]
export const decoded = (sent: readonly Uint8Array[]): ControlMessage[] =>
  sent.flatMap((frame) => {
    const parsed = parseChunk(frame)
    const control = parsed.ok ? decodeControl(parsed.chunk.payload) : undefined
    return control?.ok ? [control.message] : []
  })
export const send = ({ side, depot }: { side: Side; depot: ReturnType<typeof createDepot> }, bytes: Uint8Array) => {
  const ticket = depot.put(CONN, bytes) ?? ''
  side.send({ type: 'transport.send', ticket, kind: 'entries', channel: 'bulk', priority: PRIORITY.live })
  return ticket
}
/** Time goes by in small steps: a timer armed on the way may fire on the way. */
export const elapse = (clock: SimulatedClock, ms: number) => {
  for (let step = 0; step < ms; step++) clock.increment(1)
}
/** Bytes that deflate cannot shorten. */
export const noise = (length: number, seed = 1): Uint8Array => {
  let state = seed
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 24
  })
}
