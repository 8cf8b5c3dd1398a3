import { base64url } from '#model/base64url'
import { type FaultCode, FieldmeshError, toFieldmeshError } from '#model/fault'
import type { ReplicaStore } from '#store/replica-store.types'
import type { CryptoSuite, DeviceKey } from '#trust/crypto.types'
import { issueCertificate } from '#trust/membership/issue-control'
import { MEMBERSHIP_BOUNDS } from '#trust/membership/membership-bounds'
import type { RoomKeys } from '#trust/room-keys'

interface Founding {
  readonly store: ReplicaStore
  readonly room: RoomKeys
  readonly device: DeviceKey
  /** The founder's public key, as the room's secret names it. */
  readonly root: string | undefined
}

interface FoundingServices {
  readonly suite: CryptoSuite
  /** 32 bytes; undefined on a device that was not given it. */
  readonly founder: Uint8Array | undefined
  /** ms since 1970. */
  readonly now: number
  readonly onFault: (fault: FaultCode) => void
}

/** With less left of its time a certificate is renewed. */
const RENEW_MS = MEMBERSHIP_BOUNDS.certificateMs / 3

/**
 * Makes the device that was given the founder's key an admin, or renews it: the first certificate of a room, which all
 * others begin at. A device that was removed stays so.
 *
 * @throws FieldmeshError `room-invalid` for the founder's key of another room, or in a room without one (rejects)
 */
export const foundRoom = async (
  { store, room, device, root }: Founding,
  { suite, founder, now, onFault }: FoundingServices,
): Promise<void> => {
  if (!founder) return
  const signer = await suite.signerOf(founder)
  if (base64url(signer.publicKey) !== root)
    throw new FieldmeshError('room-invalid', 'The founder’s key is of another room.')
  const { membership, peerId } = store
  const { until = 0, role } = membership.memberAt(peerId, now) ?? {}
  const isWell = role === 'admin' && until - now > RENEW_MS
  if (isWell || membership.removed.has(peerId)) return
  const claim = {
    key: base64url(device.publicKey),
    role: 'admin',
    from: now,
    until: now + MEMBERSHIP_BOUNDS.certificateMs,
    name: membership.memberAt(peerId, now)?.name ?? 'Founder',
  } as const
  const input = await issueCertificate(claim, { room: room.id, signer, isRoot: true, seen: membership.seenBy(peerId) })
  // A device whose disk is full must still open, to show and send what it has.
  await store.write([input]).catch((error: unknown) => onFault(toFieldmeshError(error, 'storage-failed').code))
}
