import { sha256 } from '@noble/hashes/sha2.js'
import { concat, utf8 } from './statement.ts'

const LABEL = utf8('fieldmesh.fingerprint.v1\0')
const DIGITS = 25
const GROUP = 5

/** The whole number that bytes are, most significant first. */
const numberOf = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)

/** ISO 7064, MOD 97-10: two digits that make the whole leave a rest of 1 when divided by 97. */
const checkOf = (digits: string): string => String(98n - ((BigInt(digits) * 100n) % 97n)).padStart(2, '0')

const grouped = (digits: string): string => (digits.match(new RegExp(`\\d{1,${GROUP}}`, 'g')) ?? []).join(' ')

/**
 * What two people read to each other to be sure that they mean the same device: 25 digits in groups of five, taken from
 * SHA-256(`fieldmesh.fingerprint.v1` ‖ 0 ‖ key) as a number modulo 10^25, then two digits that tell a typing error.
 * Another key with the same digits is found in some 2^83 tries.
 *
 * @param publicKey of a device, 32 bytes
 * @example
 * fingerprintOf(publicKey) // '84230 34255 30450 37059 61636 68'
 */
export const fingerprintOf = (publicKey: Uint8Array): string => {
  const digits = String(numberOf(sha256(concat(LABEL, publicKey))) % 10n ** BigInt(DIGITS)).padStart(DIGITS, '0')
  return grouped(digits + checkOf(digits))
}

/**
 * True for a fingerprint as `fingerprintOf` makes it, spaces or dashes between digits as one likes. Every single wrong
 * digit and every swap of two neighbors is noticed.
 */
export const isFingerprint = (text: string): boolean => {
  const digits = text.replaceAll(/[\s-]/g, '')
  return /^\d{27}$/.test(digits) && checkOf(digits.slice(0, DIGITS)) === digits.slice(DIGITS)
}
