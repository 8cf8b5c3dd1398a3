import { FieldmeshError, type FaultCode } from '#model/fault'
import { LIMITS } from '#model/limits'
import { ByteReader, BytesMalformed, ByteWriter } from './bytes.ts'
import { type Candidate, readCandidate, writeCandidate } from './candidate.ts'
import { readPwd, readUfrag, writePwd, writeUfrag } from './session-credentials.ts'

/** What one device must know of another to link with it: all that is not the same in every session description. */
export interface SessionFields {
  /** ICE credentials (RFC 8839, §5.4): 4 to 256 and 22 to 256 of `A-Z a-z 0-9 + /`. */
  readonly ufrag: string
  readonly pwd: string
  /** SHA-256 of the certificate that the device will show in DTLS: 32 bytes. No other hash is known here. */
  readonly fingerprint: Uint8Array
  /** `actpass` in an offer; in an answer, who begins DTLS (RFC 8842, §5). */
  readonly setup: SessionSetup
  readonly candidates: readonly Candidate[]
  /** True if no further candidate will come for these credentials (RFC 8840, `end-of-candidates`). */
  readonly complete: boolean
}
export type SessionSetup = (typeof SETUPS)[number]

/** A session that was read, or why there is none; `reason` names the place and never quotes content. */
export type ParsedSession =
  | { readonly ok: true; readonly session: SessionFields }
  | { readonly ok: false; readonly fault: FaultCode; readonly reason: string }

/** First byte of a session, and of a candidate on its own. */
export const SESSION_VERSION = 1
const SETUPS = ['actpass', 'active', 'passive'] as const
const COMPLETE = 4
const FINGERPRINT_BYTES = 32
/** The longest credentials and as many candidates as may belong to one description, the largest of them. */
export const SESSION_BYTES = 421 + LIMITS.candidatesPerDescription * 41

/**
 * A session as bytes: 58, and 11 for each candidate with an IPv4 address, 23 with IPv6 or an mDNS name. Equal sessions
 * have equal bytes.
 *
 * @throws FieldmeshError `wire-malformed` for fields that no session may have
 * @example
 * base64url(encodeSession(fields)) // 'AQAdPk7k…'
 */
export const encodeSession = (fields: SessionFields): Uint8Array => {
  const { ufrag, pwd, fingerprint, setup, candidates, complete } = fields
  if (fingerprint.length !== FINGERPRINT_BYTES) throw new FieldmeshError('wire-malformed', 'A fingerprint is SHA-256.')
  if (candidates.length > LIMITS.candidatesPerDescription)
    throw new FieldmeshError('wire-malformed', `${candidates.length} candidates.`)
  if (!SETUPS.includes(setup)) throw new FieldmeshError('wire-malformed', 'An unknown setup.')
  const writer = new ByteWriter(128).u8(SESSION_VERSION).u8(SETUPS.indexOf(setup) | (complete ? COMPLETE : 0))
  writeUfrag(writer, ufrag)
  writePwd(writer, pwd)
  writer.raw(fingerprint).u8(candidates.length)
  for (const candidate of candidates) writeCandidate(writer, candidate)
  return writer.done()
}

const read = (reader: ByteReader): SessionFields => {
  const flags = reader.u8()
  const setup = SETUPS[flags & ~COMPLETE]
  if (setup === undefined) throw new BytesMalformed('an unknown setup, or an unknown flag')
  const ufrag = readUfrag(reader)
  const pwd = readPwd(reader)
  const fingerprint = reader.raw(FINGERPRINT_BYTES).slice()
  const count = reader.u8()
  if (count > LIMITS.candidatesPerDescription) throw new BytesMalformed(`${count} candidates`)
  const candidates = Array.from({ length: count }, () => readCandidate(reader))
  reader.end()
  return { ufrag, pwd, fingerprint, setup, candidates, complete: (flags & COMPLETE) !== 0 }
}

/** The only parser of sessions. Strict: one encoding for one session, nothing ignored, bounded. Never throws. */
export const decodeSession = (bytes: Uint8Array): ParsedSession => {
  if (bytes.length > SESSION_BYTES) return { ok: false, fault: 'wire-too-large', reason: `${bytes.length} bytes` }
  try {
    const reader = new ByteReader(bytes)
    const version = reader.u8()
    if (version !== SESSION_VERSION) return { ok: false, fault: 'wire-version', reason: `session ${version}` }
    return { ok: true, session: read(reader) }
  } catch (error) {
    if (error instanceof BytesMalformed) return { ok: false, fault: 'wire-malformed', reason: error.message }
    throw error
  }
}
