import type { CertificateClaim } from './certificate.types.ts'
import { MEMBERSHIP_BOUNDS } from './membership-bounds.ts'

/**
 * True where one certificate may stand under another: it is of an admin, and began and was given while that one ran.
 * A log allows for the skew twice: between the writer's clock and his certificate, and between that clock and `from`.
 */
export const areLinked = (issuer: CertificateClaim, issued: CertificateClaim): boolean => {
  const { skewMs } = MEMBERSHIP_BOUNDS
  return issuer.role === 'admin' && issued.from < issuer.until + 2 * skewMs && issuer.from < issued.until + skewMs
}
