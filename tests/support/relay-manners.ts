import { base64url } from '#model/base64url'
import type { Signer } from '#trust/crypto.types'
import { authenticate, type Handshake } from '#trust/handshake'
import type { RoomKeys } from '#trust/room-keys'
import type { Auth, Hello } from '#wire/messages'

/** What a relay does with a hello or a proof before it passes it on. */
export type RelayManner = (
  message: Hello | Auth,
  /** The handshake that the receiver is in, from its other end: where the relay is. */
  handshake: () => Handshake,
) => Promise<Hello | Auth>

/** What a relay has that knows the room's secret: the room's keys, and a device's key of its own. */
export interface RelayKeys {
  readonly room: RoomKeys
  readonly device: Signer
}

/** Every frame as it came. */
const passOn: RelayManner = async (message) => message

/** The room's part of each proof is made anew, for the connection that the receiver has. The device's part nobody can make. */
const proveAsRoom =
  ({ room, device }: RelayKeys): RelayManner =>
  async (message, handshake) => {
    if (message.kind !== 'auth') return message
    const { mac } = await authenticate(handshake(), { mac: room.mac, device })
    return { ...message, mac }
  }

/** Both parts of each proof are made anew, under the other device's name and with a key of its own. */
const proveAsOther =
  ({ room, device }: RelayKeys): RelayManner =>
  async (message, handshake) => {
    if (message.kind === 'hello') return { ...message, pub: base64url(device.publicKey) }
    return { kind: 'auth', ...(await authenticate(handshake(), { mac: room.mac, device })) }
  }

export const relayManners = { passOn: () => passOn, proveAsRoom, proveAsOther } as const
