import type { Role } from './membership.types.ts'

/** What a certificate says of a device. */
export interface CertificateClaim {
  /** Public key of the device, base64url. */
  readonly key: string
  readonly role: Role
  /** ms since 1970. */
  readonly from: number
  /** ms since 1970; at this time it is over. */
  readonly until: number
  /** The device’s name, as whoever admitted it saw and confirmed it. */
  readonly name: string
}

/** One link of a chain: a claim, signed by the root key in the first link and by the device of the link before in others. */
export interface CertificateLink extends CertificateClaim {
  /** 64 bytes, base64url. */
  readonly sig: string
}
