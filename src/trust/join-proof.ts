import { base64url, fromBase64url } from '#model/base64url'
import type { CryptoSuite, Signer } from './crypto.types.ts'
import { peerIdOf } from './peer-id-of.ts'
import { statement } from './statement.ts'

/** What a device shows to be let into a room on a signaling server; each as base64url. */
export interface JoinProof {
  /** The device's public key. */
  readonly pub: string
  /** Signature by the room's key. */
  readonly roomSig: string
  /** Signature by the device's key. */
  readonly devSig: string
}

/** Who wants to join where, and what the server asked. */
export interface JoinClaim {
  /** The room's public key, base64url. */
  readonly room: string
  readonly peer: string
  /** The server's, of this connection alone. */
  readonly nonce: string
}

const joinStatement = (role: 'room' | 'device', { nonce, room, peer }: JoinClaim, pub: string): Uint8Array =>
  statement(`fieldmesh.sig.v1 join ${role}`, nonce, room, peer, pub)

export const proveJoin = async (
  claim: JoinClaim,
  { room, device }: { readonly room: Signer; readonly device: Signer },
): Promise<JoinProof> => {
  const pub = base64url(device.publicKey)
  const [roomSig, devSig] = await Promise.all([
    room.sign(joinStatement('room', claim, pub)),
    device.sign(joinStatement('device', claim, pub)),
  ])
  return { pub, roomSig: base64url(roomSig), devSig: base64url(devSig) }
}

/** True if the device has the room's key and its own, and its id is that of its key. Nothing has to be remembered. */
export const isJoinProven = async (
  suite: Pick<CryptoSuite, 'verify'>,
  claim: JoinClaim,
  { pub, roomSig, devSig }: JoinProof,
): Promise<boolean> => {
  const [room, device] = [fromBase64url(claim.room), fromBase64url(pub)]
  const [byRoom, byDevice] = [fromBase64url(roomSig), fromBase64url(devSig)]
  if (room?.length !== 32 || device?.length !== 32 || byRoom?.length !== 64 || byDevice?.length !== 64) return false
  if (peerIdOf(device) !== claim.peer) return false
  const proven = await Promise.all([
    suite.verify(room, byRoom, joinStatement('room', claim, pub)),
    suite.verify(device, byDevice, joinStatement('device', claim, pub)),
  ])
  return proven.every(Boolean)
}
