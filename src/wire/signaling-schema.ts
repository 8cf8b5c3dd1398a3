import * as v from 'valibot'
import type { FaultCode } from '#model/fault'
import { LIMITS } from '#model/limits'
import { CANDIDATE_TEXT_LENGTH, decodeCandidate } from './candidate-signal.ts'
import { type DescriptionKind, readSession, SESSION_TEXT_LENGTH } from './session-signal.ts'
import type { Signal } from './signal.ts'
import {
  type ClientFrame,
  PEER_LEFT_WHYS,
  type ServerFrame,
  SIGNALING_ERROR_CODES,
  SIGNALING_VERSION,
  type SignalingErrorCode,
} from './signaling.ts'

/** A refused frame: `code` goes back to the sender, `reason` names the place and never quotes content. */
export interface FrameRefusal {
  readonly ok: false
  readonly code: SignalingErrorCode
  readonly reason: string
  /** Id of the refused signal, where it could be read. */
  readonly ref?: number
}
export type ParsedFrame<Frame> = { readonly ok: true; readonly frame: Frame } | FrameRefusal
export type ParsedSignal =
  | { readonly ok: true; readonly signal: Signal }
  | { readonly ok: false; readonly code: FaultCode; readonly reason: string }

/** Marks the checks whose failure is a matter of size. */
const TOO_LARGE = 'too-large'

const isPlainText = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text)
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.idLength), v.check(isPlainText))
const proof = v.pipe(v.string(), v.maxLength(LIMITS.signalingProofLength))
const box = v.pipe(v.string(), v.maxBytes(LIMITS.signalBytes, TOO_LARGE))
const url = v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.signalingProofLength))

const clientFrame = v.variant('t', [
  v.strictObject({
    t: v.literal('join'),
    room: name,
    peer: name,
    pub: v.exactOptional(proof),
    roomSig: v.exactOptional(proof),
    devSig: v.exactOptional(proof),
    token: v.exactOptional(proof),
  }),
  v.strictObject({ t: v.literal('signal'), to: name, id: count, box }),
  v.strictObject({ t: v.literal('leave') }),
])

const announcedLimits = v.strictObject({
  frameBytes: count,
  boxBytes: count,
  roomPeers: count,
  perSecond: v.pipe(count, v.minValue(1)),
  burst: v.pipe(count, v.minValue(1)),
  joinMs: count,
})

const iceServer = v.strictObject({
  urls: v.union([url, v.pipe(v.array(url), v.maxLength(LIMITS.iceServers))]),
  username: v.exactOptional(proof),
  credential: v.exactOptional(proof),
})

const serverFrame = v.variant('t', [
  v.strictObject({
    t: v.literal('hello'),
    v: v.literal(SIGNALING_VERSION),
    nonce: name,
    node: name,
    ping: count,
    limits: announcedLimits,
  }),
  v.strictObject({
    t: v.literal('joined'),
    peers: v.pipe(v.array(name), v.maxLength(LIMITS.signalingRoster)),
    ice: v.pipe(v.array(iceServer), v.maxLength(LIMITS.iceServers)),
    session: name,
  }),
  v.strictObject({ t: v.literal('peer-joined'), peer: name }),
  v.strictObject({ t: v.literal('peer-left'), peer: name, why: v.picklist(PEER_LEFT_WHYS) }),
  v.strictObject({ t: v.literal('signal'), from: name, id: count, box }),
  v.strictObject({
    t: v.literal('error'),
    code: v.picklist(SIGNALING_ERROR_CODES),
    ref: v.exactOptional(count),
    retryMs: v.exactOptional(count),
  }),
  v.strictObject({ t: v.literal('drain'), retryMs: count }),
])

const connId = name
const sessionOf = (kind: DescriptionKind) =>
  v.pipe(
    v.string(),
    v.maxLength(SESSION_TEXT_LENGTH, TOO_LARGE),
    v.check((text) => readSession(kind, text).ok),
  )
const candidate = v.pipe(
  v.string(),
  v.maxLength(CANDIDATE_TEXT_LENGTH, TOO_LARGE),
  v.check((text) => decodeCandidate(text).ok),
)
const signal = v.variant('kind', [
  v.strictObject({ kind: v.literal('offer'), connId, epoch: count, session: sessionOf('offer') }),
  v.strictObject({ kind: v.literal('answer'), connId, epoch: count, session: sessionOf('answer') }),
  v.strictObject({ kind: v.literal('candidate'), connId, candidate }),
  v.strictObject({ kind: v.literal('nudge'), epoch: count }),
])

const readJson = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

const describe = (issue: v.BaseIssue<unknown>): string =>
  `${(issue.path?.length ?? 0) ? String(issue.path?.[0]?.key).slice(0, 32) : 'frame'}: ${issue.type}`

const codeOf = (issue: v.BaseIssue<unknown>): SignalingErrorCode => {
  if (issue.message === TOO_LARGE) return 'too-large'
  return issue.type === 'literal' && issue.path?.[0]?.key === 'v' ? 'unsupported-version' : 'bad-message'
}

const idOf = (value: unknown): { ref?: number } => {
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  return v.is(count, id) ? { ref: id } : {}
}

const parse = <Frame>(schema: v.GenericSchema<unknown, Frame>, text: string): ParsedFrame<Frame> => {
  const json = readJson(text)
  if (json === undefined) return { ok: false, code: 'bad-json', reason: 'not JSON' }
  const result = v.safeParse(schema, json.value, { abortEarly: true })
  if (result.success) return { ok: true, frame: result.output }
  const [issue] = result.issues
  return { ok: false, code: codeOf(issue), reason: describe(issue), ...idOf(json.value) }
}

/** A frame from a device, as the server reads it. Never throws. */
export const parseClientFrame = (text: string): ParsedFrame<ClientFrame> => parse(clientFrame, text)

/** A frame from the server, as a device reads it. Never throws; refuses more than {@link LIMITS.signalingServerFrameLength}. */
export const parseServerFrame = (text: string): ParsedFrame<ServerFrame> =>
  text.length > LIMITS.signalingServerFrameLength
    ? { ok: false, code: 'too-large', reason: 'frame: length' }
    : parse(serverFrame, text)

/** What another device put in the box. Never throws. */
export const parseSignal = (text: string): ParsedSignal => {
  if (text.length > LIMITS.signalBytes) return { ok: false, code: 'wire-too-large', reason: 'box: length' }
  const result = parse<Signal>(signal, text)
  if (result.ok) return { ok: true, signal: result.frame }
  return { ok: false, code: result.code === 'too-large' ? 'wire-too-large' : 'wire-malformed', reason: result.reason }
}
