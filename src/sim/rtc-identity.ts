import { sha256 } from '@noble/hashes/sha2.js'
import type { Random } from './random.ts'

/** What a connection shows and says of itself; the same for the same seed. */
export interface RtcIdentity {
  /** What it shows in DTLS: some bytes, where a browser has a certificate in DER. */
  readonly certificate: Uint8Array<ArrayBuffer>
  /** SHA-256 of it, as SDP writes it. */
  readonly fingerprint: string
  /** ICE credentials; others for each generation. */
  readonly credentials: (generation: number) => { readonly ufrag: string; readonly pwd: string }
  /** IPv4. */
  readonly address: string
  readonly port: number
}

/** ice-char (RFC 8839, §5.4). */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const DIGITS = ALPHABET.length
/** Digits of a ufrag that name the connection, and those that name the generation. */
const ID_DIGITS = 5
const GENERATION_DIGITS = 3
const PWD_LENGTH = 24
const CERTIFICATE_BYTES = 64

const written = (value: number, digits: number): string =>
  Array.from({ length: digits }, (_, i) => ALPHABET[Math.floor(value / DIGITS ** (digits - 1 - i)) % DIGITS]).join('')

/** The connection whose ufrag this would be: in the simulation they find each other by it, as STUN's USERNAME does. */
export const idOfUfrag = (ufrag: string): number =>
  Array.from(ufrag.slice(0, ID_DIGITS)).reduce((id, digit) => id * DIGITS + ALPHABET.indexOf(digit), 0)

const hexPairs = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(':')

/** Devices at one place share an address, as behind one router. */
const addressOf = (place: string): string => `10.${sha256(new TextEncoder().encode(place)).subarray(0, 3).join('.')}`

/** @param random a stream of its own: what is drawn from it moves nothing else */
export const createRtcIdentity = (id: number, place: string, random: Random): RtcIdentity => {
  const certificate = Uint8Array.from(random.bytes(CERTIFICATE_BYTES))
  return {
    certificate,
    fingerprint: hexPairs(sha256(certificate)),
    credentials: (generation) => {
      const secret = random.fork(`generation ${generation}`)
      const pwd = Array.from({ length: PWD_LENGTH }, () => ALPHABET[secret.int(0, DIGITS - 1)]).join('')
      return { ufrag: written(id, ID_DIGITS) + written(generation, GENERATION_DIGITS), pwd }
    },
    address: addressOf(place),
    port: 1_024 + (id % 60_000),
  }
}
