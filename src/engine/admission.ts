import { fromBase64url } from '#model/base64url'
import { type FaultCode, FieldmeshError } from '#model/fault'
import type { CryptoSuite } from '#trust/crypto.types'
import type { Membership } from '#trust/membership/membership.types'
import { verifyCertificate } from '#trust/membership/verify-certificate'
import type { Hello } from '#wire/messages'
import type { Session } from './session.ts'

/** Why a device is no member at a time, as far as the control entries held here tell; undefined for a member. */
export const doubtOfMember = (membership: Membership, peerId: string, at: number): FaultCode | undefined => {
  if (membership.policy === 'secret-only') return undefined
  if (membership.removed.has(peerId)) return 'member-removed'
  if (membership.memberAt(peerId, at)) return undefined
  return membership.known.includes(peerId) ? 'member-expired' : 'member-unknown'
}

/**
 * Why a device that proved its key may not be linked to. One that has not been heard of may show its certificate: the
 * control entries that tell of it may be on the way.
 */
export const doubtOfHello = async (
  { store, room, charter }: Pick<Session, 'store' | 'room' | 'charter'>,
  { peerId, certificate }: Pick<Hello, 'peerId' | 'certificate'>,
  { suite, now }: { readonly suite: Pick<CryptoSuite, 'verify'>; readonly now: number },
): Promise<FaultCode | undefined> => {
  const { membership } = store
  const doubt = doubtOfMember(membership, peerId, now)
  const shown = certificate === undefined ? undefined : fromBase64url(certificate)
  if (!doubt || doubt === 'member-removed' || !shown || charter.root === undefined) return doubt
  const { removed } = membership
  const verdict = await verifyCertificate(shown, { suite, room: room.id, root: charter.root, now, removed })
  if (typeof verdict !== 'string') return verdict.peerId === peerId ? undefined : 'member-unknown'
  return verdict === 'expired' ? 'member-expired' : doubt
}

/**
 * What this device may not write would count nowhere: it is told at once.
 *
 * @throws FieldmeshError `member-unknown`, `member-expired`, `member-removed`, `member-reader`
 */
export const assertMayWrite = ({ store, opened }: Pick<Session, 'store' | 'opened'>, now: number): void => {
  const doubt = doubtOfMember(store.membership, opened.peerId, now)
  if (doubt) throw new FieldmeshError(doubt)
  if (store.membership.memberAt(opened.peerId, now)?.role === 'reader') throw new FieldmeshError('member-reader')
}
