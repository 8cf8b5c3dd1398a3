import { FieldmeshError } from '#model/fault'
import { fingerprintOf } from '../fingerprint.ts'
import { peerIdOf } from '../peer-id-of.ts'
import type { CertificateClaim } from './certificate.types.ts'
import { keyBytes, readClaim } from './claim.ts'
import type { Role } from './membership.types.ts'

/** What a person must see before a device is let in. */
export interface Admission {
  readonly peerId: string
  readonly name: string
  /** To be compared with what the device itself shows: 25 digits and two check digits. */
  readonly fingerprint: string
  readonly role: Role
  /** What the role allows, in words. */
  readonly may: string
  /** ms since 1970. */
  readonly from: number
  readonly until: number
}

const MAY: Readonly<Record<Role, string>> = {
  admin: 'read, write, and admit and remove devices',
  member: 'read and write',
  reader: 'read, and write nothing',
}

/** What a role allows, in words. */
export const roleWords = (role: Role): string => MAY[role]

/**
 * What the confirm screen of “add device” names, from the very claim that is signed afterwards.
 *
 * @throws FieldmeshError `options-invalid` for a claim that no certificate can make
 * @example
 * describeAdmission(claim) // { name: 'Ben’s tablet', fingerprint: '84230 34255 30450 37059 61636 68', may: 'read and write', … }
 */
export const describeAdmission = (claim: CertificateClaim): Admission => {
  const checked = readClaim({ ...claim })
  const key = keyBytes(claim.key)
  if (!checked || !key) throw new FieldmeshError('options-invalid', 'No certificate can say this.')
  const { name, role, from, until } = checked
  return { peerId: peerIdOf(key), name, fingerprint: fingerprintOf(key), role, may: roleWords(role), from, until }
}
