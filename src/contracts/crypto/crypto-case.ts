import type { CryptoSuite } from '#trust/crypto.types'
import type { CryptoPower } from './crypto-contract.ts'

export interface CryptoCase {
  readonly id: string
  readonly says: string
  readonly needs?: CryptoPower
  readonly check: (suite: CryptoSuite) => Promise<void>
}

export const hex = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

export const unhex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** So many bytes, one after another from the first. */
export const run = (first: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (first + i) & 255)

/** A copy with one bit changed. */
export const spoiled = (bytes: Uint8Array, bit: number): Uint8Array => {
  const copy = bytes.slice()
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}

/** Bits spread over all of it, the first and the last among them. */
export const someBits = (bytes: Uint8Array): readonly number[] => {
  const last = bytes.length * 8 - 1
  return [...new Set(Array.from({ length: 12 }, (_, i) => Math.round((last * i) / 11)))]
}

/** What was given away is changed at once: it must not matter. */
export const scribbleOver = (...all: readonly Uint8Array[]): void => {
  for (const bytes of all) bytes.fill(0xee)
}

/** A view into the middle of a larger buffer. */
export const viewOf = (bytes: Uint8Array): Uint8Array => {
  const around = new Uint8Array(bytes.length + 20).fill(0x99)
  around.set(bytes, 7)
  return around.subarray(7, 7 + bytes.length)
}
