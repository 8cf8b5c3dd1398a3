const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Bounds of membership, each with its reason. Times in milliseconds. */
export const MEMBERSHIP_BOUNDS = {
  /** A certificate runs no longer: a device that was lost and forgotten is out by then. */
  certificateMs: 90 * DAY,
  /** How far two honest clocks may be apart: what replicas believe of each other too (`LIMITS.clockAheadMs`). */
  skewMs: 5 * MINUTE,
  /** UTF-16 code units of a device’s name: it must fit the line of a phone on which it is confirmed. */
  nameLength: 64,
  /** UTF-16 code units of the reason for a removal: a sentence or two. */
  whyLength: 256,
  /** Authors that one control entry says it has seen: more devices than were ever admins of one room. */
  seenAuthors: 1_024,
  /** Links of a certificate that is shown in a handshake: founder, an admin, one for his team, the device. */
  chainLinks: 4,
  /** Certificates, and removals, by one issuer for one subject: renewals for sixty years. What exceeds it is a flood. */
  perSubject: 256,
} as const
