import { sha256 } from '@noble/hashes/sha2.js'
import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import { base64url } from '#model/base64url'
import type { Room } from './types.ts'

const LABEL = 'fieldmesh.room.v1\0'

/**
 * The room that a secret opens. Any two devices that give the same secret meet in the same room.
 * The id is a one-way hash of the secret, so the signaling server never sees what is handed around; that alone
 * does not keep anyone out who knows the id.
 *
 * @param secret 1 to 256 characters; `createRoom` makes one of 32 random bytes
 * @throws FieldmeshError `room-invalid`
 */
export const roomOf = (secret: string): Room => {
  if (typeof secret !== 'string' || secret.length === 0 || secret.length > LIMITS.idLength || !secret.isWellFormed())
    throw new FieldmeshError('room-invalid', `A room’s secret has 1 to ${LIMITS.idLength} characters.`)
  return { id: base64url(sha256(new TextEncoder().encode(LABEL + secret)).subarray(0, 16)), secret }
}

/** Opens a room by its secret, as handed over by another device. @throws FieldmeshError `room-invalid` (rejects) */
export const openRoom = async (secret: string): Promise<Room> => roomOf(secret)

/**
 * Makes a new room with a secret of 32 random bytes.
 *
 * @example
 * const room = await createRoom()
 * location.hash = `room=${room.secret}`
 */
export const createRoom = async (): Promise<Room> => roomOf(base64url(crypto.getRandomValues(new Uint8Array(32))))

/** A room as an option: a Room, or its secret. */
export const asRoom = (room: unknown): Room => {
  if (typeof room === 'string') return roomOf(room)
  const { id, secret } = (room ?? {}) as Partial<Room>
  if (typeof id !== 'string' || typeof secret !== 'string' || id.length === 0 || id.length > LIMITS.idLength)
    throw new FieldmeshError('room-invalid', 'Give a Room, or the secret of one.')
  return { id, secret }
}
