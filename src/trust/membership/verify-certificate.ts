import type { CryptoSuite } from '../crypto.types.ts'
import { peerIdOf } from '../peer-id-of.ts'
import { areLinked } from './are-linked.ts'
import type { CertificateLink } from './certificate.types.ts'
import { decodeCertificate } from './certificate-codec.ts'
import { keyBytes, signatureBytes } from './claim.ts'
import type { Member } from './membership.types.ts'
import { MEMBERSHIP_BOUNDS } from './membership-bounds.ts'
import { certificateStatement, rootStatement } from './statements.ts'

/**
 * Why a certificate is not taken. `malformed`: it is none. `unfounded`: somebody in it is no admin, admits himself, or
 * was none at the time. `removed`: a device in it was removed. `early`, `expired`: it is not in force yet, or not any
 * more. `forged`: a signature in it is none of who should have signed, for this room.
 */
export type CertificateDoubt = 'malformed' | 'unfounded' | 'removed' | 'early' | 'expired' | 'forged'

export interface CertificateTrust {
  readonly suite: Pick<CryptoSuite, 'verify'>
  /** The id by which certificates call the room. */
  readonly room: string
  /** The founder's public key, base64url. */
  readonly root: string
  /** ms since 1970. */
  readonly now: number
  /** `membership.removed`: a certificate cannot know who was removed. */
  readonly removed: { readonly has: (peerId: string) => boolean }
}

/** A device as its certificate shows it: all that a member with a certificate has. */
export type CertifiedMember = Required<Member>

/**
 * Whether a device belongs to the room, by the certificate that it shows, for those who have not heard of it. Whoever
 * has heard of it asks `membership.memberAt`, which knows more: renewals, other roles, and which certificates of a
 * removed admin still hold; here a removed device in a chain ends it. Signatures come last, as they cost most.
 */
export const verifyCertificate = async (
  bytes: Uint8Array,
  trust: CertificateTrust,
): Promise<CertifiedMember | CertificateDoubt> => {
  const links = decodeCertificate(bytes)
  const last = links?.at(-1)
  if (!links || !last) return 'malformed'
  const ids = links.map(({ key }) => peerIdOf(keyBytes(key) ?? new Uint8Array()))
  const doubt = doubtOfLinks(links, ids) ?? doubtOfDevices(ids, trust) ?? doubtOfTime(last, trust.now)
  if (doubt) return doubt
  if (!(await areSigned(links, trust))) return 'forged'
  const { key, role, from, until, name } = last
  return { peerId: ids.at(-1) ?? '', key, role, from, until, name, by: ids.at(-2) ?? 'root' }
}

const doubtOfLinks = (links: readonly CertificateLink[], ids: readonly string[]): CertificateDoubt | undefined => {
  const isFounded = links.every((link, place) => {
    const issuer = links[place - 1]
    return issuer === undefined || (areLinked(issuer, link) && ids[place - 1] !== ids[place])
  })
  return isFounded ? undefined : 'unfounded'
}

const doubtOfDevices = (ids: readonly string[], { removed }: CertificateTrust): CertificateDoubt | undefined =>
  ids.some((peerId) => removed.has(peerId)) ? 'removed' : undefined

const doubtOfTime = ({ from, until }: CertificateLink, now: number): CertificateDoubt | undefined => {
  const { skewMs } = MEMBERSHIP_BOUNDS
  if (now + skewMs < from) return 'early'
  return now - skewMs < until ? undefined : 'expired'
}

const areSigned = async (
  links: readonly CertificateLink[],
  { suite, room, root }: CertificateTrust,
): Promise<boolean> => {
  const signed = links.map(async (link, place) => {
    const issuer = links[place - 1]?.key
    const said = issuer === undefined ? rootStatement(room, link) : certificateStatement(room, issuer, link)
    const [key, signature] = [keyBytes(issuer ?? root), signatureBytes(link.sig)]
    return key !== undefined && signature !== undefined && suite.verify(key, signature, said)
  })
  return (await Promise.all(signed)).every(Boolean)
}
