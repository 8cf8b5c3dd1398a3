import { base64url } from '#model/base64url'
import { FieldmeshError } from '#model/fault'
import { concat, utf8 } from '../statement.ts'
import type { CertificateLink } from './certificate.types.ts'
import { isRole, keyBytes, readClaim, ROLES, signatureBytes } from './claim.ts'
import { MEMBERSHIP_BOUNDS } from './membership-bounds.ts'

const VERSION = 1
const KEY_BYTES = 32
const SIGNATURE_BYTES = 64
const TIME_BYTES = 6
/** A name of the most code units, three bytes each. */
const NAME_BYTES = 3 * MEMBERSHIP_BOUNDS.nameLength
const LINK_BYTES = KEY_BYTES + 1 + 2 * TIME_BYTES + 1 + SIGNATURE_BYTES

/** The longest certificate there is, in bytes. */
export const CERTIFICATE_BYTES = 2 + MEMBERSHIP_BOUNDS.chainLinks * (LINK_BYTES + NAME_BYTES)

/**
 * A chain as bytes: version and number of links, a byte each; then each link: key (32), role (1: reader, member, admin),
 * from and until (6 each, big-endian), length of the name (1), name in UTF-8, signature (64).
 *
 * @throws FieldmeshError `options-invalid` for links that make no certificate
 */
export const encodeCertificate = (links: readonly CertificateLink[]): Uint8Array => {
  const parts = links.map(linkBytes)
  if (parts.length < 1 || parts.length > MEMBERSHIP_BOUNDS.chainLinks) throw unfit()
  return concat(Uint8Array.of(VERSION, parts.length), ...parts)
}

const unfit = (): FieldmeshError => new FieldmeshError('options-invalid', 'These links make no certificate.')

const linkBytes = (link: CertificateLink): Uint8Array => {
  const claim = readClaim({ ...link })
  const [key, signature] = [keyBytes(link.key), signatureBytes(link.sig)]
  if (!claim || !key || !signature) throw unfit()
  const name = utf8(claim.name)
  const times = [timeBytes(claim.from), timeBytes(claim.until)]
  return concat(key, Uint8Array.of(ROLES.indexOf(claim.role)), ...times, Uint8Array.of(name.length), name, signature)
}

const timeBytes = (ms: number): Uint8Array => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(ms))
  return bytes.subarray(8 - TIME_BYTES)
}

/** The links in bytes of a stranger; undefined for anything that `encodeCertificate` does not make. Never throws. */
export const decodeCertificate = (bytes: Uint8Array): readonly CertificateLink[] | undefined => {
  if (bytes.length > CERTIFICATE_BYTES || bytes[0] !== VERSION) return undefined
  const count = bytes[1] ?? 0
  if (count < 1 || count > MEMBERSHIP_BOUNDS.chainLinks) return undefined
  const reader = new Reader(bytes.subarray(2))
  const links = Array.from({ length: count }, () => readLink(reader)).filter((link) => link !== undefined)
  return links.length === count && reader.isAtEnd ? links : undefined
}

/** Takes bytes from the front; what is not there is undefined. */
class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  take(length: number): Uint8Array | undefined {
    if (this.#at + length > this.#bytes.length) return undefined
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  number(length: number): number | undefined {
    return this.take(length)?.reduce((sum, byte) => sum * 256 + byte, 0)
  }
}

const readLink = (reader: Reader): CertificateLink | undefined => {
  const key = reader.take(KEY_BYTES)
  const role = ROLES[reader.number(1) ?? ROLES.length]
  const [from, until] = [reader.number(TIME_BYTES), reader.number(TIME_BYTES)]
  const name = reader.take(reader.number(1) ?? 0)
  const signature = reader.take(SIGNATURE_BYTES)
  if (!key || !isRole(role) || !name || !signature) return undefined
  const claim = readClaim({ key: base64url(key), role, from, until, name: textOf(name) })
  return claim && { ...claim, sig: base64url(signature) }
}

/** Text that these bytes are the one encoding of; the empty text, which is no name, for others. */
const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return ''
  }
}
