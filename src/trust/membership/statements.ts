import { statement } from '../statement.ts'
import type { CertificateClaim } from './certificate.types.ts'

const said = ({ key, role, from, until, name }: CertificateClaim): readonly string[] => [
  key,
  role,
  String(from),
  String(until),
  name,
]

/**
 * What the root key signs to admit a device. The name is in it: whoever copies the founder's words into an entry of his
 * own cannot give another name to the device.
 *
 * @param room the id by which certificates call the room
 */
export const rootStatement = (room: string, claim: CertificateClaim): Uint8Array =>
  statement('fieldmesh.root.v1', room, ...said(claim))

/** What the root key signs to remove a device. */
export const rootRemovalStatement = (room: string, subject: string, cutoff: number): Uint8Array =>
  statement('fieldmesh.root.v1 removal', room, subject, String(cutoff))

/** What the key of an admin's device signs to admit a device. @param issuer its public key, base64url */
export const certificateStatement = (room: string, issuer: string, claim: CertificateClaim): Uint8Array =>
  statement('fieldmesh.certificate.v1', room, issuer, ...said(claim))
