import { base64url } from '#model/base64url'
import type { VectorClock } from '#model/vector-clock'
import { encodeCertificate } from '#trust/membership/certificate-codec'
import { vectorDigest } from '#wire/digest'
import { type Hello, PROTOCOL } from '#wire/messages'
import type { Session } from './session.ts'

/**
 * Our hello and what stood behind it. The hellos cross while entries go on being written: both sides judge the same
 * two hellos, never what has become true since, or each might think that the other knows.
 */
export interface Introduction {
  readonly hello: Hello
  /** Our vector as the hello's digest says. */
  readonly mine: VectorClock
  /** The peer's vector as the hello's cookie says; empty where we do not know it. */
  readonly known: VectorClock
}

/** What we say first to a peer, on a link of its own nonce. */
export const introductionOf = (session: Session, peerId: string, nonce: string, now: number): Introduction => {
  const { store, ledger, opened, device } = session
  const locks = session.locks.ids()
  const links = store.membership.certificateOf(opened.peerId, now)
  const known = ledger.acked(peerId)
  const mine = store.vector()
  const cookie = known.size > 0 ? vectorDigest(known) : ''
  const hello = {
    kind: 'hello',
    protocol: PROTOCOL,
    peerId: opened.peerId,
    epoch: opened.epoch,
    digest: vectorDigest(mine),
    heads: store.heads(),
    cookie,
    nonce,
    pub: base64url(device.publicKey),
    ...(locks && { locks }),
    ...(links && { certificate: base64url(encodeCertificate(links)) }),
  } as const
  return { hello, mine, known }
}

/** True where both hold as many entries of every author, and not the same ones. */
export const isOtherLog = (theirs: Hello, { hello }: Introduction): boolean =>
  theirs.digest === hello.digest && theirs.heads !== undefined && theirs.heads !== hello.heads

/** The peer's vector, where its hello alone shows it: the same as ours, or as we knew it. */
export const peerVectorAfter = (theirs: Hello, { hello, mine, known }: Introduction): VectorClock | undefined => {
  if (theirs.digest === hello.digest) return mine.clone()
  return theirs.digest === hello.cookie ? known.clone() : undefined
}
