import type { CertificateLink } from './certificate.types.ts'
import type { Certify } from './control.types.ts'
import type { Decisions } from './decisions.ts'
import { MEMBERSHIP_BOUNDS } from './membership-bounds.ts'
import { areLinked } from './are-linked.ts'

/** The shortest chain of certificates from the root to this one; undefined beyond four links. */
export const shortestChain = (certificate: Certify, decisions: Decisions): readonly CertificateLink[] | undefined => {
  let ends: readonly (readonly Certify[])[] = [[certificate]]
  const visited = new Set<Certify>([certificate])
  for (let links = 1; links <= MEMBERSHIP_BOUNDS.chainLinks; links++) {
    const whole = ends.find(([first]) => first?.rootSig !== undefined)
    if (whole) return whole.map(linkOf)
    ends = ends.flatMap((chain) =>
      issuersOf(chain[0], decisions)
        .filter((issuer) => !visited.has(issuer) && visited.add(issuer))
        .map((issuer) => [issuer, ...chain]),
    )
  }
  return undefined
}

/** Certificates by which the writer of one was an admin, those of the root first. */
const issuersOf = (issued: Certify | undefined, decisions: Decisions): readonly Certify[] => {
  if (!issued) return []
  const { rooted, given } = decisions.standingOf(issued.author, decisions.order.past(issued))
  return [...rooted, ...given].filter((issuer) => areLinked(issuer, issued))
}

const linkOf = ({ key, role, from, until, name, sig }: Certify): CertificateLink => ({
  key,
  role,
  from,
  until,
  name,
  sig,
})
