import { base64url, fromBase64url } from '#model/base64url'
import type { FaultCode } from '#model/fault'
import { ByteReader, BytesMalformed, ByteWriter } from './bytes.ts'
import { type Candidate, readCandidate, writeCandidate } from './candidate.ts'
import { readUfrag, writeUfrag } from './session-credentials.ts'
import { SESSION_VERSION } from './session.ts'

/** A candidate on its own, after the session that it belongs to (trickle ICE, RFC 8838). */
export interface TrickledCandidate {
  /** Of the session that it belongs to. */
  readonly ufrag: string
  /** undefined: no further one will come for this session. */
  readonly candidate: Candidate | undefined
}
export type ParsedCandidate =
  | ({ readonly ok: true } & TrickledCandidate)
  | { readonly ok: false; readonly fault: FaultCode; readonly reason: string }

/** Characters of the largest: version, a ufrag of 256 characters, a candidate with two IPv6 addresses. */
export const CANDIDATE_TEXT_LENGTH = Math.ceil(((1 + 193 + 41) * 4) / 3)

/**
 * What a `candidate` signal carries: base64url of 16 bytes (IPv4) to 28 (IPv6, mDNS) with a ufrag of 4 characters.
 *
 * @throws FieldmeshError `wire-malformed` for what is no candidate
 */
export const encodeCandidate = ({ ufrag, candidate }: TrickledCandidate): string => {
  const writer = new ByteWriter().u8(SESSION_VERSION)
  writeUfrag(writer, ufrag)
  if (candidate) writeCandidate(writer, candidate)
  return base64url(writer.done())
}

const read = (bytes: Uint8Array): TrickledCandidate => {
  const reader = new ByteReader(bytes)
  if (reader.u8() !== SESSION_VERSION) throw new BytesMalformed('another version')
  const ufrag = readUfrag(reader)
  const candidate = reader.left === 0 ? undefined : readCandidate(reader)
  reader.end()
  return { ufrag, candidate }
}

/** The only parser of what a `candidate` signal carries. Never throws. */
export const decodeCandidate = (text: string): ParsedCandidate => {
  if (text.length > CANDIDATE_TEXT_LENGTH) return { ok: false, fault: 'wire-too-large', reason: 'candidate: length' }
  const bytes = fromBase64url(text)
  if (bytes === undefined) return { ok: false, fault: 'wire-malformed', reason: 'candidate: not base64url' }
  try {
    return { ok: true, ...read(bytes) }
  } catch (error) {
    if (error instanceof BytesMalformed) return { ok: false, fault: 'wire-malformed', reason: error.message }
    throw error
  }
}
