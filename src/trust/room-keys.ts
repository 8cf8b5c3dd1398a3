import { base64url, fromBase64url } from '#model/base64url'
import type { CryptoSuite, MacKey, SealingKey, Signer } from './crypto.types.ts'
import { parseRoomSecret, suffixOf } from './membership/room-secret.ts'
import { utf8 } from './statement.ts'

/**
 * What a room's secret opens. Schedule: S is the secret's 32 bytes (`createRoom` writes them as 43 characters of
 * base64url), or, of any other text, PBKDF2-HMAC-SHA-256(text, salt `fieldmesh.room.v2 words`, 600,000 rounds). Where a
 * policy follows the 43 characters (`.t`, `.c…`), S is HKDF-SHA-256(those 32 bytes, salt `fieldmesh.room.v2`, info =
 * `membership` ‖ dot and policy), so that without it, or with another founder, one is in another room. Each key is
 * HKDF-SHA-256(S, salt `fieldmesh.room.v2`, info = its name below).
 */
export interface RoomKeys {
  /** The public key of `signer` as base64url, 43 characters: what the signaling server sees of a room. */
  readonly id: string
  /** `room signer`: who has it may join. */
  readonly signer: Signer
  /** `signal sealing`: what devices tell each other through the server. */
  readonly sealing: SealingKey
  /** `handshake mac`. */
  readonly mac: MacKey
  /** `qr frame`: codes on screens. */
  readonly frame: SealingKey
}

const SALT = utf8('fieldmesh.room.v2')
const WORDS_SALT = utf8('fieldmesh.room.v2 words')
/** As OWASP advises for PBKDF2 with SHA-256 (2023). */
export const STRETCH_ROUNDS = 600_000
const KEY_BYTES = 32

const rootOf = async (suite: CryptoSuite, text: string): Promise<Uint8Array> => {
  const room = parseRoomSecret(text)
  const secret = fromBase64url(room.secret)
  if (secret?.length !== KEY_BYTES)
    return suite.stretch({ words: utf8(text), salt: WORDS_SALT, rounds: STRETCH_ROUNDS })
  if (room.policy === 'secret-only') return secret
  return suite.hkdf({ secret, salt: SALT, info: utf8(`membership${suffixOf(room)}`), length: KEY_BYTES })
}

/**
 * @param secret 1 to 256 characters, checked by `asRoom`
 * @throws FieldmeshError `room-invalid` for a secret that a policy should follow and does not (rejects)
 */
export const openRoomKeys = async (suite: CryptoSuite, secret: string): Promise<RoomKeys> => {
  const root = await rootOf(suite, secret)
  const key = (name: string) => suite.hkdf({ secret: root, salt: SALT, info: utf8(name), length: KEY_BYTES })
  const signer = await suite.signerOf(await key('room signer'))
  return {
    id: base64url(signer.publicKey),
    signer,
    sealing: await suite.sealingKey(await key('signal sealing')),
    mac: await suite.macKey(await key('handshake mac')),
    frame: await suite.sealingKey(await key('qr frame')),
  }
}
