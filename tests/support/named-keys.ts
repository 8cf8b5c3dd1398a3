import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { base64url, fromBase64url } from '#model/base64url'
import type { Signer } from '#trust/crypto.types'
import { type JoinProof, proveJoin } from '#trust/join-proof'
import { peerIdOf } from '#trust/peer-id-of'

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The Ed25519 key of a name, by Node's own cryptography: the same one each time. */
const signerOf = (name: string): Signer => {
  const seed = createHash('sha256').update(name).digest()
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  return {
    publicKey: fromBase64url(x) ?? new Uint8Array(),
    sign: async (message) => new Uint8Array(sign(null, message, key)),
  }
}

const remembered = (prefix: string) => {
  const signers = new Map<string, Signer>()
  return (name: string): Signer => {
    const signer = signers.get(name) ?? signerOf(`${prefix} ${name}`)
    signers.set(name, signer)
    return signer
  }
}
export const deviceKey = remembered('device')
export const roomKey = remembered('room')

/** The id of a device that tests call by a name. */
export const idOf = (name: string): string => peerIdOf(deviceKey(name).publicKey)
/** The id of a room that tests call by a name. */
export const roomIdOf = (name: string): string => base64url(roomKey(name).publicKey)

/** The proof of a device of that name for a room of that name. */
export const proofOf = (room: string, device: string, nonce: string): Promise<JoinProof> =>
  proveJoin({ room: roomIdOf(room), peer: idOf(device), nonce }, { room: roomKey(room), device: deviceKey(device) })
