import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import { candidateLine, parseCandidateLine } from './candidate-line.ts'
import { encodeSession, type ParsedSession, type SessionFields, type SessionSetup } from './session.ts'
import { type DescriptionKind, isSetupOf } from './session-signal.ts'

/** The only media of a link is data, so its number is always this one. */
export const DATA_MID = '0'
/** All browsers and Node stacks use it. */
const SCTP_PORT = '5000'
/** What Chromium and node-datachannel take; our chunks are far smaller. */
const MAX_MESSAGE_SIZE = 262_144
/** Our own browser's description, characters: a hundred candidates and more. */
const SDP_LENGTH = 65_536

const hexPairs = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(':')

/**
 * The only session description that a browser is ever given: written here, from fields that were validated. As browsers
 * write it for data alone (RFC 9429, §5.2; RFC 8841, RFC 8839, RFC 8122).
 *
 * @throws FieldmeshError `wire-malformed` for fields that no session of this kind may have
 */
export const sdpOf = (session: SessionFields, kind: DescriptionKind): string => {
  // What has no bytes has no text either: no field can bring a line of its own.
  encodeSession(session)
  if (!isSetupOf(kind, session)) throw new FieldmeshError('wire-malformed', `${session.setup} in an ${kind}.`)
  const lines = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${DATA_MID}`,
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    ...session.candidates.map((candidate) => `a=${candidateLine(candidate)}`),
    ...(session.complete ? ['a=end-of-candidates'] : []),
    `a=ice-ufrag:${session.ufrag}`,
    `a=ice-pwd:${session.pwd}`,
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${hexPairs(session.fingerprint)}`,
    `a=setup:${session.setup}`,
    `a=mid:${DATA_MID}`,
    `a=sctp-port:${SCTP_PORT}`,
    `a=max-message-size:${MAX_MESSAGE_SIZE}`,
  ]
  return lines.map((line) => `${line}\r\n`).join('')
}

/** Port 0 would say that the media is refused (RFC 9429, §5.3.1). */
const MEDIA = /^m=application [1-9]\d{0,4} (?:UDP|TCP)\/DTLS\/SCTP webrtc-datachannel$/
const FINGERPRINT = /^sha-256 ((?:[0-9A-F]{2}:){31}[0-9A-F]{2})$/i
const SETUPS: readonly string[] = ['actpass', 'active', 'passive'] satisfies SessionSetup[]

/** The value of an attribute that stands exactly once, wherever: what stands twice could be read in two ways. */
const only = (lines: readonly string[], name: string): string | undefined => {
  const values = lines.filter((line) => line.startsWith(`a=${name}:`)).map((line) => line.slice(name.length + 3))
  return values.length === 1 ? values[0] : undefined
}

const bytesOfHex = (pairs: string): Uint8Array => Uint8Array.from(pairs.split(':'), (pair) => Number.parseInt(pair, 16))

const no = (reason: string): ParsedSession => ({ ok: false, fault: 'wire-malformed', reason })

/** Why these lines are no description of one data link; undefined if they are. */
const flawOf = (lines: readonly string[]): string | undefined => {
  const media = lines.filter((line) => line.startsWith('m='))
  if (media.length !== 1 || !MEDIA.test(media[0] ?? '')) return 'not exactly one data media line'
  if (only(lines, 'mid') !== DATA_MID) return 'mid'
  if (only(lines, 'sctp-port') !== SCTP_PORT) return 'sctp-port'
  // The other side is never told of it, and would wait for checks that do not come.
  if (lines.includes('a=ice-lite')) return 'ice-lite'
  return undefined
}

const candidatesOf = (lines: readonly string[]): SessionFields['candidates'] =>
  lines
    .filter((line) => line.startsWith('a=candidate:'))
    .flatMap((line) => parseCandidateLine(line)?.candidate ?? [])
    .slice(0, LIMITS.candidatesPerDescription)

const checked = (session: SessionFields): ParsedSession => {
  try {
    encodeSession(session)
    return { ok: true, session }
  } catch (error) {
    if (error instanceof FieldmeshError) return no(error.message)
    throw error
  }
}

/**
 * What our own browser says of itself, to be told to another device. Refused: any fingerprint but exactly one by
 * SHA-256, any media but exactly one of data, anything that stands twice. Candidates that cannot be told on are left out.
 * Never throws.
 */
export const fieldsOfSdp = (sdp: string): ParsedSession => {
  if (sdp.length > SDP_LENGTH) return { ok: false, fault: 'wire-too-large', reason: `${sdp.length} characters` }
  const lines = sdp.split(/\r?\n/)
  const flaw = flawOf(lines)
  if (flaw !== undefined) return no(flaw)
  const pairs = FINGERPRINT.exec(only(lines, 'fingerprint') ?? '')?.[1]
  if (pairs === undefined) return no('not exactly one fingerprint, by SHA-256')
  const [ufrag, pwd, setup] = ['ice-ufrag', 'ice-pwd', 'setup'].map((name) => only(lines, name))
  if (ufrag === undefined || pwd === undefined) return no('ICE credentials')
  if (setup === undefined || !SETUPS.includes(setup)) return no('setup')
  return checked({
    ufrag,
    pwd,
    fingerprint: bytesOfHex(pairs),
    setup: setup as SessionSetup,
    candidates: candidatesOf(lines),
    complete: lines.includes('a=end-of-candidates'),
  })
}
