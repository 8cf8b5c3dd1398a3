import type { CryptoSuite, Signer } from './crypto.types.ts'
import { proveJoin } from './join-proof.ts'
import { peerIdOf } from './peer-id-of.ts'
import type { RoomKeys } from './room-keys.ts'
import { createSignalBoxes, type SignalBoxes } from './sealed-signals.ts'
import type { SocketTrust } from './socket-trust.types.ts'

export interface SocketTrustOptions {
  readonly suite: Pick<CryptoSuite, 'randomBytes'>
  readonly room: Pick<RoomKeys, 'id' | 'signer' | 'sealing'>
  readonly device: Signer
  /** Of the store as it was opened: larger at every start. */
  readonly epoch: number
}

/**
 * The keys as a socket uses them: one for all sockets of a run of the engine, so that what one of them heard is not
 * heard again by the next.
 *
 * @example
 * const trust = createSocketTrust({ suite, room: await openRoomKeys(suite, secret), device, epoch })
 * createSocketLogic({ trust })
 */
export const createSocketTrust = ({
  suite,
  room,
  device,
  epoch,
}: SocketTrustOptions): SocketTrust & Pick<SignalBoxes, 'refusals'> => ({
  prove: (claim) => proveJoin(claim, { room: room.signer, device }),
  ...createSignalBoxes({ suite, sealing: room.sealing, room: room.id, self: peerIdOf(device.publicKey), epoch }),
})
