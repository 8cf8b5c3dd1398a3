import { FieldmeshError } from '#model/fault'
import { BytesMalformed, type ByteReader, type ByteWriter } from './bytes.ts'
import {
  ADDRESS_BYTES,
  type AddressFamily,
  addressText,
  isDeviceAddress,
  type PackedAddress,
  packAddress,
} from './candidate-address.ts'

export interface Place {
  /** IPv4, IPv6 (RFC 5952) or `<uuid>.local`. */
  readonly address: string
  readonly port: number
}

/** One way to reach a device (RFC 8839, §5.1): component 1, the only one that data has. */
export interface Candidate extends Place {
  readonly type: CandidateType
  /** TCP as in RFC 6544: who opens the connection. */
  readonly transport: CandidateTransport
  /** 1 to 2^31−1. */
  readonly priority: number
  /** Where it was seen from, for all but `host`; `0.0.0.0` and port 0 where the browser hides it. */
  readonly related?: Place
}
export type CandidateType = (typeof TYPES)[number]
export type CandidateTransport = (typeof TRANSPORTS)[number]

/** Numbers in the first byte: two bits each for type, transport, family, and family of the related address. */
const TYPES = ['host', 'srflx', 'prflx', 'relay'] as const
const TRANSPORTS = ['udp', 'tcp-active', 'tcp-passive', 'tcp-so'] as const
const FAMILIES: readonly (AddressFamily | undefined)[] = [undefined, 'ipv4', 'ipv6', 'mdns']
const MOST_PRIORITY = 0x7fffffff

const refuse = (says: string): never => {
  throw new FieldmeshError('wire-malformed', says)
}

/** Why it is no candidate; undefined if it is one. */
const flawOf = (candidate: Candidate, place: PackedAddress, related: PackedAddress | undefined): string | undefined => {
  const { type, port, priority } = candidate
  if (!isDeviceAddress(place)) return 'a candidate is at an address of no device'
  if (port < 1) return 'a candidate has port 0'
  if (priority < 1 || priority > MOST_PRIORITY) return `a candidate has priority ${priority}`
  if ((type === 'host') !== (related === undefined)) return `a candidate of type ${type} and its related address`
  return undefined
}

const pack = (address: string): PackedAddress =>
  packAddress(address) ?? refuse('A candidate’s address is neither IPv4, IPv6 nor a name ending in .local.')

/**
 * 11 bytes with an IPv4 address, 23 with IPv6 or an mDNS name; up to 18 more for a related one.
 *
 * @throws FieldmeshError `wire-malformed` for what is no candidate
 */
export const writeCandidate = (writer: ByteWriter, candidate: Candidate): void => {
  const place = pack(candidate.address)
  const related = candidate.related && pack(candidate.related.address)
  const flaw = flawOf(candidate, place, related)
  if (flaw !== undefined) refuse(flaw)
  const families = (FAMILIES.indexOf(place.family) << 2) | FAMILIES.indexOf(related?.family)
  writer.u8((TYPES.indexOf(candidate.type) << 6) | (TRANSPORTS.indexOf(candidate.transport) << 4) | families)
  writer.u32(candidate.priority).u16(candidate.port).raw(place.bytes)
  if (related) writer.u16(candidate.related?.port ?? 0).raw(related.bytes)
}

const readAddress = (reader: ByteReader, family: AddressFamily): PackedAddress => ({
  family,
  bytes: reader.raw(ADDRESS_BYTES[family]),
})

/** Strict: every candidate has one form. Throws BytesMalformed. */
export const readCandidate = (reader: ByteReader): Candidate => {
  const head = reader.u8()
  const family = FAMILIES[(head >> 2) & 3]
  const familyOfRelated = FAMILIES[head & 3]
  if (family === undefined) throw new BytesMalformed('a candidate without an address')
  const priority = reader.u32()
  const port = reader.u16()
  const place = readAddress(reader, family)
  const relatedPort = familyOfRelated && reader.u16()
  const related = familyOfRelated && readAddress(reader, familyOfRelated)
  const candidate: Candidate = {
    type: TYPES[head >> 6] ?? 'host',
    transport: TRANSPORTS[(head >> 4) & 3] ?? 'udp',
    priority,
    address: addressText(place),
    port,
    ...(related && { related: { address: addressText(related), port: relatedPort ?? 0 } }),
  }
  const flaw = flawOf(candidate, place, related)
  if (flaw !== undefined) throw new BytesMalformed(flaw)
  return candidate
}
