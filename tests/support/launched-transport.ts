import type { TransportFact } from '#machines/ports'
import { base64url } from '#model/base64url'
import type { Candidate } from '#wire/candidate'
import { encodeCandidate } from '#wire/candidate-signal'
import type { SessionFields } from '#wire/session'
import { sessionText } from '#wire/session-signal'
import { chunksOf, parseChunk } from '#wire/chunk'
import { decodeControl, encodeControl } from '#wire/control-codec'
import { createDepot } from '#wire/depot'
import { type ControlMessage, type MessageKind, PRIORITY } from '#wire/messages'
import { SimulatedClock } from 'xstate'
import { FAKE_SESSION, type FakePeerConnection, fakePeerConnections } from './fake-peer-connection.ts'
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
  /** Offer, answer and open channels; what was told until then is forgotten. */
  const open = async () => {
    side.send({ type: 'transport.signal', signal: role === 'dialer' ? answer : offer })
    await settled()
    side.facts.length = 0
    ctl.open()
    bulk.open()
  }
  return { side, pc, ctl, bulk, depot, clock, open }
}

export const last = (side: Side): TransportFact | undefined => side.facts.at(-1)
/** What the other side says of itself. */
export const AWAY: SessionFields = {
  ...FAKE_SESSION,
  ufrag: 'Away',
  pwd: 'thePasswordOfTheOtherEnd',
  fingerprint: new Uint8Array(32).fill(2),
}
/** Both fingerprints as a link tells them. */
export const FINGERPRINTS = { ours: base64url(FAKE_SESSION.fingerprint), theirs: base64url(AWAY.fingerprint) }
export const offerOf = (session: Partial<SessionFields> = {}) =>
  ({ kind: 'offer', connId: CONN, epoch: 1, session: sessionText({ ...AWAY, ...session }) }) as const
export const answerOf = (session: Partial<SessionFields> = {}) =>
  ({ ...offerOf({ setup: 'active', ...session }), kind: 'answer' }) as const
export const offer = offerOf()
export const answer = answerOf()
/** A candidate of the other side; `port` tells one from another. */
export const candidateOf = (port: number, ufrag = AWAY.ufrag) => {
  const one: Candidate = { type: 'host', transport: 'udp', priority: 1, address: '192.0.2.9', port }
  return { kind: 'candidate', connId: CONN, candidate: encodeCandidate({ ufrag, candidate: one }) } as const
}
export const candidate = candidateOf(9)
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
