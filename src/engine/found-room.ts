import { base64url } from '#model/base64url'
import type { ReplicaStore } from '#store/replica-store.types'
import type { CryptoSuite, DeviceKey } from '#trust/crypto.types'
import { issueCertificate } from '#trust/membership/issue-control'
import { MEMBERSHIP_BOUNDS } from '#trust/membership/membership-bounds'
import type { RoomKeys } from '#trust/room-keys'

interface Founding {
  readonly store: ReplicaStore
  readonly room: RoomKeys
  readonly device: DeviceKey
}

/** With less left of its time a certificate is renewed. */
const RENEW_MS = MEMBERSHIP_BOUNDS.certificateMs / 3

/**
 * Makes the device that was given the founder's key an admin, or renews it: the first certificate of a room, which all
 * others begin at. A device that was removed stays so.
 */
export const foundRoom = async (
  { store, room, device }: Founding,
  {
    suite,
    founder,
    now,
  }: { readonly suite: CryptoSuite; readonly founder: Uint8Array | undefined; readonly now: number },
): Promise<void> => {
  const { membership, peerId } = store
  const { until = 0, role } = membership.memberAt(peerId, now) ?? {}
  const isWell = role === 'admin' && until - now > RENEW_MS
  if (!founder || isWell || membership.removed.has(peerId)) return
  const signer = await suite.signerOf(founder)
  const claim = {
    key: base64url(device.publicKey),
    role: 'admin',
    from: now,
    until: now + MEMBERSHIP_BOUNDS.certificateMs,
    name: membership.memberAt(peerId, now)?.name ?? 'Founder',
  } as const
  await store.write([
    await issueCertificate(claim, { room: room.id, signer, isRoot: true, seen: membership.seenBy(peerId) }),
  ])
}
