import { LIMITS } from '#model/limits'
import { addressText, isDeviceAddress, packAddress } from './candidate-address.ts'
import type { Candidate, CandidateTransport, CandidateType, Place } from './candidate.ts'

/** A candidate as a browser tells it. */
export interface CandidateLine {
  readonly candidate: Candidate
  /** Of the description that it belongs to, where the browser says so (Chromium and Safari do). */
  readonly ufrag?: string
}

/** RFC 8839, §5.1, component 1; groups: transport, priority, address, port, type, related address and port, the rest. */
const LINE =
  /^(?:a=)?candidate:[\w+/]{1,32} 1 (udp|tcp) (\d{1,10}) (\S+) (\d{1,5}) typ (\w+)(?: raddr (\S+) rport (\d{1,5}))?((?: \S+ \S+)*)$/i
const TYPE = /^(?:host|srflx|prflx|relay)$/
const MOST_PORT = 0xffff
const MOST_PRIORITY = 0x7fffffff

const canonical = (address: string): string | undefined => {
  const packed = packAddress(address)
  return packed && addressText(packed)
}

const transportOf = (name: string, extensions: ReadonlyMap<string, string>): CandidateTransport | undefined => {
  if (name.toLowerCase() === 'udp') return 'udp'
  const kind = extensions.get('tcptype')
  return kind === 'active' || kind === 'passive' || kind === 'so' ? `tcp-${kind}` : undefined
}

const extensionsOf = (text: string): ReadonlyMap<string, string> => {
  const words = text.trim().split(' ')
  return new Map(Array.from({ length: words.length >> 1 }, (_, i) => [words[2 * i] ?? '', words[2 * i + 1] ?? '']))
}

/** Some stacks leave out where a candidate was seen from; others say that it is hidden. */
const relatedOf = (type: string, place: string, address?: string, port?: string): Place | undefined => {
  if (type === 'host') return undefined
  const known = address === undefined ? undefined : canonical(address)
  if (known !== undefined && Number(port) <= MOST_PORT) return { address: known, port: Number(port) }
  return { address: place.includes(':') ? '::' : '0.0.0.0', port: 0 }
}

/**
 * A candidate that our own browser tells, with or without the `a=` in front; undefined for one that cannot be told on:
 * another component, an address of no device, a name that is not of mDNS, TCP of no kind.
 */
export const parseCandidateLine = (line: string): CandidateLine | undefined => {
  if (line.length > LIMITS.candidateLength) return undefined
  const [, transportName = '', priority, address = '', port, type = '', ...rest] = LINE.exec(line.trimEnd()) ?? []
  const [relatedAddress, relatedPort, more = ''] = rest
  const packed = packAddress(address)
  const extensions = extensionsOf(more)
  const transport = transportOf(transportName, extensions)
  if (!packed || !isDeviceAddress(packed) || !transport || !TYPE.test(type)) return undefined
  if (!isWithin(Number(port), MOST_PORT) || !isWithin(Number(priority), MOST_PRIORITY)) return undefined
  const place = addressText(packed)
  const related = relatedOf(type, place, relatedAddress, relatedPort)
  const ufrag = extensions.get('ufrag')
  const candidate: Candidate = {
    type: type as CandidateType,
    transport,
    priority: Number(priority),
    address: place,
    port: Number(port),
    ...(related && { related }),
  }
  return { candidate, ...(ufrag !== undefined && { ufrag }) }
}

const isWithin = (value: number, most: number): boolean => value >= 1 && value <= most

/** FNV-1a. */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}

/** The same for candidates of one type, one base and one transport (RFC 8445, §5.1.1.3). */
const foundationOf = ({ type, transport, address, related }: Candidate): number =>
  hash(`${type} ${transport} ${related?.address ?? address}`)

/** `candidate:…` (RFC 8839, §5.1) of a candidate that was validated, with the ufrag of its description if given. */
export const candidateLine = (candidate: Candidate, ufrag?: string): string => {
  const { type, transport, priority, address, port, related } = candidate
  const [protocol, tcpType] = transport.split('-')
  const parts = [
    `candidate:${foundationOf(candidate)} 1 ${protocol} ${priority} ${address} ${port} typ ${type}`,
    ...(related ? [`raddr ${related.address} rport ${related.port}`] : []),
    ...(tcpType === undefined ? [] : [`tcptype ${tcpType}`]),
    ...(ufrag === undefined ? [] : [`ufrag ${ufrag}`]),
  ]
  return parts.join(' ')
}
