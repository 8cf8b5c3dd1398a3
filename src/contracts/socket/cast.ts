import type { SocketFact } from '#machines/ports'
import { base64url } from '#model/base64url'
import type { CryptoSuite } from '#trust/crypto.types'
import { peerIdOf } from '#trust/peer-id-of'
import { openRoomKeys, type RoomKeys } from '#trust/room-keys'
import { createSocketTrust } from '#trust/socket-trust'
import type { SocketTrust } from '#trust/socket-trust.types'
import { utf8 } from '#trust/statement'

/** Who plays in a case: cases speak of names, the wire of ids that keys make. */
export interface Cast {
  /** A device's keys in a room, for a run of their own. */
  readonly enter: (name: string, room: string) => Promise<Role>
  /** The id behind a name that played; any other name stands for itself. */
  readonly idOf: (name: string) => string
  /** The fact with names in the place of ids. */
  readonly named: (fact: SocketFact) => SocketFact
}

export interface Role {
  readonly peerId: string
  readonly roomId: string
  readonly trust: SocketTrust
}

/** 32 bytes that no other name has. */
const seedOf = (name: string): Uint8Array => {
  const seed = new Uint8Array(32)
  seed.set(utf8(name).subarray(0, 32))
  return seed
}

export const createCast = (suite: CryptoSuite): Cast => {
  const rooms = new Map<string, Promise<RoomKeys>>()
  const ids = new Map<string, string>()
  const names = new Map<string, string>()
  let epoch = 0
  const nameOf = (id: string): string => names.get(id) ?? id
  const keysOf = (room: string): Promise<RoomKeys> => {
    const keys = rooms.get(room) ?? openRoomKeys(suite, base64url(seedOf(room)))
    rooms.set(room, keys)
    return keys
  }
  return {
    async enter(name, room) {
      const [keys, device] = await Promise.all([keysOf(room), suite.signerOf(seedOf(name))])
      const peerId = peerIdOf(device.publicKey)
      ids.set(name, peerId)
      names.set(peerId, name)
      epoch += 1
      return { peerId, roomId: keys.id, trust: createSocketTrust({ suite, room: keys, device, epoch }) }
    },
    idOf: (name) => ids.get(name) ?? name,
    named: (fact) => ({
      ...fact,
      ...('peers' in fact && { peers: fact.peers.map(nameOf) }),
      ...('peerId' in fact && { peerId: nameOf(fact.peerId) }),
      ...('from' in fact && { from: nameOf(fact.from) }),
    }),
  }
}
