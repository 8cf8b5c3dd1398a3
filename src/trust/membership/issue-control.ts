import { base64url } from '#model/base64url'
import type { EntryInput, Json } from '#model/entry'
import { FieldmeshError } from '#model/fault'
import { isPeerId } from '#model/identity'
import type { Signer } from '../crypto.types.ts'
import { peerIdOf } from '../peer-id-of.ts'
import type { CertificateClaim } from './certificate.types.ts'
import { keyBytes, readClaim } from './claim.ts'
import { MEMBER_TYPE } from './control.types.ts'
import { isMemberName } from './member-name.ts'
import { MEMBERSHIP_BOUNDS } from './membership-bounds.ts'
import { certificateStatement, rootRemovalStatement, rootStatement } from './statements.ts'

type Seen = Readonly<Record<string, number>>

/** Who decides: a device by its own key, or the founder by the root key. */
export interface Issuer {
  /** The id by which certificates call the room. */
  readonly room: string
  readonly signer: Signer
  /** True where `signer` has the root key. */
  readonly isRoot?: boolean
  /** `membership.seenBy(peerId)` of the device that writes the entry. */
  readonly seen: Seen
}

/** A removal, in words. */
export interface RemovalClaim {
  readonly subject: string
  /** The last seq of the device that counts; what it wrote after it is out of force. */
  readonly cutoff: number
  readonly why?: string
}

const inputOf = (id: string, data: Readonly<Record<string, Json>>): EntryInput => ({
  id,
  resourceType: MEMBER_TYPE,
  action: 'update',
  data,
})

const invalid = (detail: string): FieldmeshError => new FieldmeshError('options-invalid', detail)

/**
 * The entry that admits a device, renews it or gives it another role.
 *
 * @throws FieldmeshError `options-invalid` for a claim that no certificate can make (rejects)
 */
export const issueCertificate = async (
  claim: CertificateClaim,
  { room, signer, isRoot, seen }: Issuer,
): Promise<EntryInput> => {
  const checked = readClaim({ ...claim })
  const key = keyBytes(claim.key)
  if (!checked || !key)
    throw invalid('A certificate has a key, a role, a name of a line, and runs for 90 days at most.')
  const said = isRoot ? rootStatement(room, checked) : certificateStatement(room, base64url(signer.publicKey), checked)
  const signature = base64url(await signer.sign(said))
  return inputOf(peerIdOf(key), { op: 'certify', ...checked, seen, [isRoot ? 'rootSig' : 'sig']: signature })
}

/**
 * The entry that removes a device.
 *
 * @throws FieldmeshError `options-invalid` for what is no device, no seq, or no reason of a sentence or two (rejects)
 */
export const issueRemoval = async (
  { subject, cutoff, why }: RemovalClaim,
  { room, signer, isRoot, seen }: Issuer,
): Promise<EntryInput> => {
  const isReason = why === undefined || why.length <= MEMBERSHIP_BOUNDS.whyLength
  if (!isPeerId(subject) || !Number.isSafeInteger(cutoff) || cutoff < 0 || !isReason)
    throw invalid('A removal names a device, the last of its entries that counts, and a reason of a sentence or two.')
  const data = { op: 'remove', cutoff: { [subject]: cutoff }, seen, ...(why !== undefined && { why }) }
  if (!isRoot) return inputOf(subject, data)
  const rootSig = base64url(await signer.sign(rootRemovalStatement(room, subject, cutoff)))
  return inputOf(subject, { ...data, rootSig })
}

/**
 * The entry by which a device says its name and key, in rooms without certificates.
 *
 * @throws FieldmeshError `options-invalid` for a name that cannot be shown on a line
 */
export const introduce = ({
  publicKey,
  name,
}: {
  readonly publicKey: Uint8Array
  readonly name: string
}): EntryInput => {
  if (!isMemberName(name)) throw invalid('A device’s name has 1 to 64 characters that can all be seen.')
  return inputOf(peerIdOf(publicKey), { op: 'introduce', key: base64url(publicKey), name })
}
