import { FieldmeshError } from '#model/fault'
import type { CryptoSuite, MacKey, SealingKey } from '#trust/crypto.types'
import { type Bytes, bytesOf } from './bytes-of.ts'
import { type Ed25519, findEd25519, type LoadEd25519 } from './ed25519.ts'
import { isWeakPoint } from './weak-point.ts'

const macKey = async (subtle: SubtleCrypto, bytes: Uint8Array): Promise<MacKey> => {
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await subtle.importKey('raw', bytesOf(bytes), hmac, false, ['sign', 'verify'])
  return {
    mac: async (message) => new Uint8Array(await subtle.sign('HMAC', key, bytesOf(message))),
    verify: (mac, message) => subtle.verify('HMAC', key, bytesOf(mac), bytesOf(message)),
  }
}

/** Seals and opens by a key of the platform for AES-GCM. */
export const sealingBy = (subtle: SubtleCrypto, key: CryptoKey): SealingKey => {
  const gcm = (iv: Uint8Array, associated: Uint8Array) => ({
    name: 'AES-GCM',
    iv: bytesOf(iv),
    additionalData: bytesOf(associated),
    tagLength: 128,
  })
  return {
    seal: async (iv, plain, associated) =>
      new Uint8Array(await subtle.encrypt(gcm(iv, associated), key, bytesOf(plain))),
    open: async (iv, box, associated) => {
      try {
        return new Uint8Array(await subtle.decrypt(gcm(iv, associated), key, bytesOf(box)))
      } catch {
        // The tag does not fit: another key, another place, or changed on the way.
        return undefined
      }
    },
  }
}

const sealingKey = async (subtle: SubtleCrypto, bytes: Uint8Array): Promise<SealingKey> =>
  sealingBy(subtle, await subtle.importKey('raw', bytesOf(bytes), 'AES-GCM', false, ['encrypt', 'decrypt']))

/** Bits derived from a secret by HKDF or PBKDF2. */
const derive = async (
  subtle: SubtleCrypto,
  secret: Uint8Array,
  params: HkdfParams | Pbkdf2Params,
  length: number,
): Promise<Uint8Array> => {
  const key = await subtle.importKey('raw', bytesOf(secret), params.name, false, ['deriveBits'])
  return new Uint8Array(await subtle.deriveBits(params, key, length * 8))
}

/** What WebCrypto has under its suite, for keys that the platform keeps itself. */
export interface WebCrypto extends CryptoSuite {
  readonly subtle: SubtleCrypto
  readonly ed25519: () => Promise<Ed25519>
}

/**
 * The platform's own cryptography: browsers on secure pages (https, or localhost), Node.
 *
 * @param load brings Ed25519 where the platform has none; without it, whatever signs or verifies there rejects
 * @throws FieldmeshError `crypto-missing` where there is none
 */
export const createWebCrypto = (platform: Crypto | undefined = globalThis.crypto, load?: LoadEd25519): WebCrypto => {
  // Lib types say that it is always there; on a page without https it is not.
  const subtle = platform?.subtle as SubtleCrypto | undefined
  if (platform === undefined || subtle === undefined) throw new FieldmeshError('crypto-missing')
  let found: Promise<Ed25519> | undefined
  const ed25519 = () => {
    found ??= findEd25519(subtle, load)
    // What could not be loaded may be loaded later.
    found.catch(() => {
      found = undefined
    })
    return found
  }
  const hash = 'SHA-256'
  return {
    subtle,
    ed25519,
    randomBytes: (length) => platform.getRandomValues(new Uint8Array(length)),
    hkdf: ({ secret, salt, info, length }) =>
      derive(subtle, secret, { name: 'HKDF', hash, salt: bytesOf(salt), info: bytesOf(info) }, length),
    stretch: ({ words, salt, rounds }) =>
      derive(subtle, words, { name: 'PBKDF2', hash, salt: bytesOf(salt), iterations: rounds }, 32),
    macKey: (key) => macKey(subtle, key),
    sealingKey: (key) => sealingKey(subtle, key),
    signerOf: async (seed) => {
      const own = bytesOf(seed)
      return (await ed25519()).signerOf(own)
    },
    verify: async (...given) => {
      const [publicKey, signature, message] = given.map(bytesOf) as [Bytes, Bytes, Bytes]
      if (isWeakPoint(publicKey) || isWeakPoint(signature)) return false
      return (await ed25519()).verify(publicKey, signature, message)
    },
  }
}
