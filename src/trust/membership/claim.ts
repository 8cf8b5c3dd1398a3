import { fromBase64url } from '#model/base64url'
import type { CertificateClaim } from './certificate.types.ts'
import { isMemberName } from './member-name.ts'
import type { Role } from './membership.types.ts'
import { MEMBERSHIP_BOUNDS } from './membership-bounds.ts'

/** From the least to the most that a device may do. */
export const ROLES: readonly Role[] = ['reader', 'member', 'admin']

export const isRole = (value: unknown): value is Role => ROLES.includes(value as Role)

/** Bytes that a text of base64url stands for; undefined for anything else, or another number of them. */
const bytesIn = (value: unknown, length: number): Uint8Array | undefined => {
  const bytes = typeof value === 'string' ? fromBase64url(value) : undefined
  return bytes?.length === length ? bytes : undefined
}

/** The 32 bytes of a public key, or undefined. */
export const keyBytes = (value: unknown): Uint8Array | undefined => bytesIn(value, 32)

/** The 64 bytes of a signature, or undefined. */
export const signatureBytes = (value: unknown): Uint8Array | undefined => bytesIn(value, 64)

/** In 48 bits, as a certificate writes it: until the year 10,889. */
const isTime = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 48

/** A time that begins before it ends, and is no longer than a certificate may run. */
const isWindow = (from: unknown, until: unknown): boolean =>
  isTime(from) && isTime(until) && from < until && until - from <= MEMBERSHIP_BOUNDS.certificateMs

/** What a certificate may say, out of anything; undefined where it says something else. */
export const readClaim = (
  value: Readonly<Partial<Record<keyof CertificateClaim, unknown>>>,
): CertificateClaim | undefined => {
  const { key, role, from, until, name } = value
  if (!keyBytes(key) || !isRole(role) || !isWindow(from, until) || !isMemberName(name)) return undefined
  return { key, role, from, until, name } as CertificateClaim
}
