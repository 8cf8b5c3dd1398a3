import { sha256 } from '@noble/hashes/sha2.js'
import { platformCrypto } from '#adapters/crypto/platform-crypto'
import { base64url, fromBase64url } from '#model/base64url'
import { FieldmeshError } from '#model/fault'
import type { CryptoSuite } from '#trust/crypto.types'
import { type Lock, splitLock } from '#trust/locks'
import type { Policy } from '#trust/membership/membership.types'
import { formatRoomSecret, parseRoomSecret } from '#trust/membership/room-secret'
import type { RoomKeys } from '#trust/room-keys'
import { keysOfRoom } from './room-memo.ts'
import type { Room, RoomOptions } from './types.ts'

const TAG_LABEL = 'fieldmesh.room.v1\0'
const ID_BYTES = 32
const SEED_BYTES = 32

/** A room as it was given: by its secret alone, or with the id that its secret is said to have. */
export interface GivenRoom {
  readonly secret: string
  /** To be checked when the room is opened. */
  readonly id?: string
  /** Names what this device keeps of the room: a hash of the secret, known without waiting for a key. */
  readonly tag: string
  /** Who belongs to the room, as its secret says. */
  readonly policy: Policy
  /** The founder's public key, base64url, where devices are admitted. */
  readonly root?: string
  /** The lock of the invitation, where the secret was rotated before it was made. */
  readonly lock?: Lock
  /** The founder's key itself, 32 bytes, on a device that was given it. */
  readonly founder?: Uint8Array
}

const tagOf = (secret: string): string =>
  base64url(sha256(new TextEncoder().encode(TAG_LABEL + secret)).subarray(0, 16))

const readSecret = (text: unknown): Pick<GivenRoom, 'secret' | 'tag' | 'policy' | 'root' | 'lock'> => {
  if (typeof text !== 'string') throw new FieldmeshError('room-invalid', 'A room’s secret is text.')
  const { secret, lock } = splitLock(text)
  const { policy, root } = parseRoomSecret(secret)
  return { secret, tag: tagOf(secret), policy, ...(root !== undefined && { root }), ...(lock && { lock }) }
}

const readFounder = (founder: unknown): Uint8Array => {
  const seed = typeof founder === 'string' ? fromBase64url(founder) : undefined
  if (seed?.length === SEED_BYTES) return seed
  throw new FieldmeshError('room-invalid', 'A founder’s key has 43 characters.')
}

const isRoomId = (id: unknown): id is string => typeof id === 'string' && fromBase64url(id)?.length === ID_BYTES

/**
 * A room as an option: a Room, or its secret. Whether the id is that of the secret shows when it is opened.
 *
 * @throws FieldmeshError `room-invalid`
 */
export const asRoom = (room: unknown): GivenRoom => {
  if (typeof room === 'string') return readSecret(room)
  const { id, secret, founder } = (room ?? {}) as Partial<Room>
  if (id !== undefined && !isRoomId(id)) throw new FieldmeshError('room-invalid', 'Give a Room, or the secret of one.')
  return { ...(id && { id }), ...readSecret(secret), ...(founder !== undefined && { founder: readFounder(founder) }) }
}

/**
 * The keys of a room that was given.
 *
 * @throws FieldmeshError `room-invalid` where the id is not that of the secret, `crypto-missing` (rejects)
 */
export const openKeys = async (
  suite: CryptoSuite,
  { id, secret }: Pick<GivenRoom, 'id' | 'secret'>,
): Promise<RoomKeys> => {
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
  const given = readSecret(secret)
  return { id: (await openKeys(platformCrypto(), given)).id, secret }
}

/**
 * Makes a new room with a secret of 32 random bytes. Who belongs to it is part of the secret; for a room in which devices
 * are admitted a founder's key is made too, and handed out this once.
 *
 * @throws FieldmeshError `crypto-missing`, `options-invalid` (rejects)
 * @example
 * const room = await createRoom()
 * localStorage.setItem('room', room.secret) // the way back to the records; an address leaks it
 * @example
 * const { founder, ...room } = await createRoom({ membership: 'certified' })
 * createSyncEngine({ room: { ...room, founder } }) // this device is an admin; others get `room.secret` and are admitted
 */
export const createRoom = async ({ membership = 'secret-only' }: RoomOptions = {}): Promise<Room> => {
  const suite = platformCrypto()
  const secret = base64url(suite.randomBytes(SEED_BYTES))
  if (membership === 'secret-only') return openRoom(secret)
  if (membership === 'tofu') return openRoom(formatRoomSecret({ secret, policy: 'tofu' }))
  if (membership !== 'certified')
    throw new FieldmeshError('options-invalid', 'membership is secret-only, tofu or certified.')
  const seed = suite.randomBytes(SEED_BYTES)
  const root = base64url((await suite.signerOf(seed)).publicKey)
  const room = await openRoom(formatRoomSecret({ secret, policy: 'certified', root }))
  return { ...room, founder: base64url(seed) }
}
