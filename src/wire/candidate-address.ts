/**
 * Where a candidate can be reached, as bytes: 4 of IPv4, 16 of IPv6, or the 16 of the UUID in an mDNS name
 * (`<uuid>.local`, draft-ietf-mmusic-mdns-ice-candidates). Other names have no bytes.
 */
export interface PackedAddress {
  readonly family: AddressFamily
  readonly bytes: Uint8Array
}
export type AddressFamily = 'ipv4' | 'ipv6' | 'mdns'

export const ADDRESS_BYTES: Readonly<Record<AddressFamily, number>> = { ipv4: 4, ipv6: 16, mdns: 16 }

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
const GROUP = /^[0-9a-f]{1,4}$/i
const MDNS = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\.local$/i
/** The longest address: an mDNS name. */
const LONGEST = 42
const GROUPS = 8

const ipv4Bytes = (text: string): Uint8Array | undefined => {
  const parts = IPV4.exec(text)?.slice(1)
  // A leading zero is octal to some, decimal to others (RFC 6943, §3.1.1).
  if (parts?.every((part) => Number(part) < 256 && String(Number(part)) === part) !== true) return undefined
  return Uint8Array.from(parts, Number)
}

/** An IPv4 address at the end stands for the last two groups (RFC 4291, §2.2). */
const withoutDots = (text: string): string | undefined => {
  if (!text.includes('.')) return text
  const at = text.lastIndexOf(':') + 1
  const [a = 0, b = 0, c = 0, d = 0] = ipv4Bytes(text.slice(at)) ?? []
  if (ipv4Bytes(text.slice(at)) === undefined) return undefined
  return `${text.slice(0, at)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
}

const groupsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(':'))

const ipv6Bytes = (text: string): Uint8Array | undefined => {
  const [head = '', tail, more] = withoutDots(text)?.split('::') ?? []
  if (more !== undefined) return undefined
  const [first, last] = [groupsOf(head), groupsOf(tail ?? '')]
  const missing = GROUPS - first.length - last.length
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const groups = [...first, ...Array.from({ length: missing }, () => '0'), ...last]
  if (!groups.every((group) => GROUP.test(group))) return undefined
  return Uint8Array.from(groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]))
}

const mdnsBytes = (text: string): Uint8Array | undefined => {
  const hex = MDNS.exec(text)?.slice(1).join('')
  if (hex === undefined) return undefined
  return Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}

const packed = (family: AddressFamily, bytes: Uint8Array | undefined): PackedAddress | undefined =>
  bytes && { family, bytes }

/** The bytes of an address as SDP writes it; undefined for what is none of the three kinds. */
export const packAddress = (text: string): PackedAddress | undefined => {
  if (text.length > LONGEST) return undefined
  if (text.includes(':')) return packed('ipv6', ipv6Bytes(text))
  return packed('ipv4', ipv4Bytes(text)) ?? packed('mdns', mdnsBytes(text))
}

/** The longest run of two groups of zeros or more, the first of equals. */
const zeroRun = (groups: readonly number[]): { readonly at: number; readonly length: number } => {
  let best = { at: 0, length: 1 }
  for (let at = 0; at < groups.length; at++) {
    let length = 0
    while (groups[at + length] === 0) length++
    if (length > best.length) best = { at, length }
  }
  return best
}

const ipv6Text = (bytes: Uint8Array): string => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const groups = Array.from({ length: GROUPS }, (_, i) => view.getUint16(2 * i))
  const { at, length } = zeroRun(groups)
  const written = (some: readonly number[]) => some.map((group) => group.toString(16)).join(':')
  if (length < 2) return written(groups)
  return `${written(groups.slice(0, at))}::${written(groups.slice(at + length))}`
}

const mdnsText = (bytes: Uint8Array): string => {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const cuts = [0, 8, 12, 16, 20, 32]
  return `${cuts
    .slice(1)
    .map((to, i) => hex.slice(cuts[i], to))
    .join('-')}.local`
}

/** The one text of these bytes: decimal, RFC 5952, or lower-case hex. */
export const addressText = ({ family, bytes }: PackedAddress): string => {
  if (family === 'ipv4') return bytes.join('.')
  return family === 'ipv6' ? ipv6Text(bytes) : mdnsText(bytes)
}

/** False for addresses at which no device is: unspecified (0/8, ::), multicast and broadcast. */
export const isDeviceAddress = ({ family, bytes }: PackedAddress): boolean => {
  const [first = 0] = bytes
  if (family === 'ipv4') return first > 0 && first < 224
  return family === 'mdns' || (first !== 0xff && bytes.some((byte) => byte !== 0))
}
