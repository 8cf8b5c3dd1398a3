import type { CryptoSuite, MacKey, SealingKey, Signer } from '#trust/crypto.types'
import { FieldmeshError } from '#model/fault'

type Bytes = Uint8Array<ArrayBuffer>
/** WebCrypto takes no views of shared memory; the copy also keeps what the caller changes later out. */
const copy = (bytes: Uint8Array): Bytes => new Uint8Array(bytes)

/** PKCS #8 of an Ed25519 key (RFC 8410) up to its seed. */
const PKCS8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]
const ED25519 = { name: 'Ed25519' }

const fromJwk = (text: string): Bytes => {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

const signerOf = async (subtle: SubtleCrypto, seed: Uint8Array): Promise<Signer> => {
  const pkcs8 = Uint8Array.from([...PKCS8, ...seed])
  // Readable for a moment: WebCrypto tells the public half of an imported key in no other way.
  const readable = await subtle.importKey('pkcs8', pkcs8, ED25519, true, ['sign'])
  const { x = '' } = await subtle.exportKey('jwk', readable)
  const key = await subtle.importKey('pkcs8', pkcs8, ED25519, false, ['sign'])
  pkcs8.fill(0)
  return {
    publicKey: fromJwk(x),
    sign: async (message) => new Uint8Array(await subtle.sign(ED25519, key, copy(message))),
  }
}

const verify = async (subtle: SubtleCrypto, ...given: readonly Uint8Array[]): Promise<boolean> => {
  const [publicKey, signature, message] = given.map(copy) as [Bytes, Bytes, Bytes]
  try {
    const key = await subtle.importKey('raw', publicKey, ED25519, false, ['verify'])
    return await subtle.verify(ED25519, key, signature, message)
  } catch {
    // Not a key at all: no point of the curve, or of another length.
    return false
  }
}

const macKey = async (subtle: SubtleCrypto, bytes: Uint8Array): Promise<MacKey> => {
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await subtle.importKey('raw', copy(bytes), hmac, false, ['sign', 'verify'])
  return {
    mac: async (message) => new Uint8Array(await subtle.sign('HMAC', key, copy(message))),
    verify: (mac, message) => subtle.verify('HMAC', key, copy(mac), copy(message)),
  }
}

const sealingKey = async (subtle: SubtleCrypto, bytes: Uint8Array): Promise<SealingKey> => {
  const key = await subtle.importKey('raw', copy(bytes), 'AES-GCM', false, ['encrypt', 'decrypt'])
  const gcm = (iv: Uint8Array, associated: Uint8Array) => ({
    name: 'AES-GCM',
    iv: copy(iv),
    additionalData: copy(associated),
    tagLength: 128,
  })
  return {
    seal: async (iv, plain, associated) => new Uint8Array(await subtle.encrypt(gcm(iv, associated), key, copy(plain))),
    open: async (iv, box, associated) => {
      try {
        return new Uint8Array(await subtle.decrypt(gcm(iv, associated), key, copy(box)))
      } catch {
        // The tag does not fit: another key, another place, or changed on the way.
        return undefined
      }
    },
  }
}

/** Bits derived from a secret by HKDF or PBKDF2. */
const derive = async (
  subtle: SubtleCrypto,
  secret: Uint8Array,
  params: HkdfParams | Pbkdf2Params,
  length: number,
): Promise<Uint8Array> => {
  const key = await subtle.importKey('raw', copy(secret), params.name, false, ['deriveBits'])
  return new Uint8Array(await subtle.deriveBits(params, key, length * 8))
}

/**
 * The platform's own cryptography: browsers on secure pages (https, or localhost), Node.
 *
 * @throws FieldmeshError `crypto-missing` where there is none
 */
export const createWebCrypto = (platform: Crypto | undefined = globalThis.crypto): CryptoSuite => {
  // Lib types say that it is always there; on a page without https it is not.
  const subtle = platform?.subtle as SubtleCrypto | undefined
  if (platform === undefined || subtle === undefined) throw new FieldmeshError('crypto-missing')
  const hash = 'SHA-256'
  return {
    randomBytes: (length) => platform.getRandomValues(new Uint8Array(length)),
    hkdf: ({ secret, salt, info, length }) =>
      derive(subtle, secret, { name: 'HKDF', hash, salt: copy(salt), info: copy(info) }, length),
    stretch: ({ words, salt, rounds }) =>
      derive(subtle, words, { name: 'PBKDF2', hash, salt: copy(salt), iterations: rounds }, 32),
    macKey: (key) => macKey(subtle, key),
    sealingKey: (key) => sealingKey(subtle, key),
    signerOf: (seed) => signerOf(subtle, seed),
    verify: (...given) => verify(subtle, ...given),
  }
}
