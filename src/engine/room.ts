import { sha256 } from '@noble/hashes/sha2.js'
import { platformCrypto } from '#adapters/crypto/platform-crypto'
import { base64url, fromBase64url } from '#model/base64url'
import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import type { CryptoSuite } from '#trust/crypto.types'
import type { RoomKeys } from '#trust/room-keys'
import { keysOfRoom } from './room-memo.ts'
import type { Room } from './types.ts'

const TAG_LABEL = 'fieldmesh.room.v1\0'
const ID_BYTES = 32

/** A room as it was given: by its secret alone, or with the id that its secret is said to have. */
export interface GivenRoom {
  readonly secret: string
  /** To be checked when the room is opened. */
  readonly id?: string
  /** Names what this device keeps of the room: a hash of the secret, known without waiting for a key. */
  readonly tag: string
}

const tagOf = (secret: string): string =>
  base64url(sha256(new TextEncoder().encode(TAG_LABEL + secret)).subarray(0, 16))

const checkSecret = (secret: unknown): string => {
  if (typeof secret === 'string' && secret.length > 0 && secret.length <= LIMITS.idLength && secret.isWellFormed())
    return secret
  throw new FieldmeshError('room-invalid', `A room’s secret has 1 to ${LIMITS.idLength} characters.`)
}

const isRoomId = (id: unknown): id is string => typeof id === 'string' && fromBase64url(id)?.length === ID_BYTES

/**
 * A room as an option: a Room, or its secret. Whether the id is that of the secret shows when it is opened.
 *
 * @throws FieldmeshError `room-invalid`
 */
export const asRoom = (room: unknown): GivenRoom => {
  if (typeof room === 'string') return { secret: checkSecret(room), tag: tagOf(room) }
  const { id, secret } = (room ?? {}) as Partial<Room>
  if (!isRoomId(id)) throw new FieldmeshError('room-invalid', 'Give a Room, or the secret of one.')
  return { id, secret: checkSecret(secret), tag: tagOf(checkSecret(secret)) }
}

/**
 * The keys of a room that was given.
 *
 * @throws FieldmeshError `room-invalid` where the id is not that of the secret, `crypto-missing` (rejects)
 */
export const openKeys = async (suite: CryptoSuite, { id, secret }: GivenRoom): Promise<RoomKeys> => {
  const keys = await keysOfRoom(suite, secret)
  if (id === undefined || id === keys.id) return keys
  throw new FieldmeshError('room-invalid', 'Its id is not the one that its secret opens.')
}

/**
 * Opens a room by its secret, as handed over by another device. Any two devices that give the same secret meet in the
 * same room. A secret that people made up is stretched first, which takes a good part of a second, once in a page;
 * whoever guesses it is in all the same: prefer one of `createRoom`.
 *
 * @param secret 1 to 256 characters; `createRoom` makes one of 32 random bytes
 * @returns the room; its id is its public key, 43 characters, and tells nothing of the secret
 * @throws FieldmeshError `room-invalid`, `crypto-missing` (rejects)
 */
export const openRoom = async (secret: string): Promise<Room> => {
  const given = asRoom(checkSecret(secret))
  return { id: (await openKeys(platformCrypto(), given)).id, secret }
}

/**
 * Makes a new room with a secret of 32 random bytes.
 *
 * @throws FieldmeshError `crypto-missing` (rejects)
 * @example
 * const room = await createRoom()
 * localStorage.setItem('room', room.secret) // the way back to the records; an address leaks it
 */
export const createRoom = async (): Promise<Room> => openRoom(base64url(platformCrypto().randomBytes(32)))
