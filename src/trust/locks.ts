import { sha256 } from '@noble/hashes/sha2.js'
import { base64url, fromBase64url } from '#model/base64url'
import type { CryptoSuite, MacKey, Signer } from './crypto.types.ts'
import { statement, utf8 } from './statement.ts'

/**
 * What a newcomer must have, from the time at which the room's secret was rotated: the room stays where it is, its lock
 * is another one. Whoever belongs to the room is handed the new key over links that are proven; old invitations open
 * nothing any more.
 */
export interface Lock {
  /** 1 for the first rotation. */
  readonly epoch: number
  /** 32 random bytes, base64url. */
  readonly secret: string
}

/** A lock with the word of whoever put it in. */
export interface SignedLock extends Lock {
  /** Public key of the device, base64url. */
  readonly by: string
  /** 64 bytes, base64url. */
  readonly sig: string
}

const SALT = utf8('fieldmesh.room.v2')
const KEY_BYTES = 32
/** What the room's own secret opens, before any rotation. */
export const FIRST_LOCK_ID = '0'.repeat(16)

const said = (room: string, { epoch, secret }: Lock, by: string): Uint8Array =>
  statement('fieldmesh.lock.v1', room, String(epoch), secret, by)

/** Names a lock in hellos without telling its secret: 16 hex digits. */
export const lockIdOf = (room: string, { epoch, secret }: Lock): string => {
  const hash = sha256(statement('fieldmesh.lock.v1 id', room, String(epoch), secret))
  return Array.from(hash.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The key that handshakes are proven by: HKDF-SHA-256(secret, salt `fieldmesh.room.v2`, info `handshake mac` ‖ 0 ‖ room id). */
export const openLock = async (suite: CryptoSuite, room: string, { secret }: Lock): Promise<MacKey> => {
  const key = { secret: fromBase64url(secret) ?? new Uint8Array(), salt: SALT, info: utf8(`handshake mac\0${room}`) }
  return suite.macKey(await suite.hkdf({ ...key, length: KEY_BYTES }))
}

/** A new lock, the one after an epoch. */
export const makeLock = async (
  suite: Pick<CryptoSuite, 'randomBytes'>,
  device: Signer,
  { room, after }: { readonly room: string; readonly after: number },
): Promise<SignedLock> => {
  const lock = { epoch: after + 1, secret: base64url(suite.randomBytes(KEY_BYTES)) }
  const by = base64url(device.publicKey)
  return { ...lock, by, sig: base64url(await device.sign(said(room, lock, by))) }
}

/** Whether the device that is named put the lock in. */
export const isLockSigned = async (
  suite: Pick<CryptoSuite, 'verify'>,
  room: string,
  lock: SignedLock,
): Promise<boolean> => {
  const [key, signature] = [fromBase64url(lock.by), fromBase64url(lock.sig)]
  if (key?.length !== KEY_BYTES || signature?.length !== 64) return false
  return suite.verify(key, signature, said(room, lock, lock.by))
}

const LOCKED = /^(.*)!([1-9]\d{0,8})\.([A-Za-z0-9_-]{43})$/s

/** A room's secret text as it is handed out: with the lock of now behind it. */
export const withLock = (secret: string, lock: Lock | undefined): string =>
  lock ? `${secret}!${lock.epoch}.${lock.secret}` : secret

/** A room's secret text without its lock, and the lock. */
export const splitLock = (text: string): { readonly secret: string; readonly lock?: Lock } => {
  const [, secret, epoch, key] = LOCKED.exec(text) ?? []
  if (!secret || !epoch || !key || fromBase64url(key)?.length !== KEY_BYTES) return { secret: text }
  return { secret, lock: { epoch: Number(epoch), secret: key } }
}
