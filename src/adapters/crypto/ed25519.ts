import { FieldmeshError } from '#model/fault'
import type { Signer } from '#trust/crypto.types'
import { type Bytes, bytesOf } from './bytes-of.ts'

/** Ed25519 in JavaScript, for browsers whose WebCrypto lacks it; as `ed25519` of `@noble/curves` is shaped. */
export interface Ed25519Fallback {
  readonly getPublicKey: (seed: Uint8Array) => Uint8Array
  readonly sign: (message: Uint8Array, seed: Uint8Array) => Uint8Array
  /** May throw for what is no key or no signature. `zip215: false`: by RFC 8032, as WebCrypto has it. */
  readonly verify: (
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
    options: { readonly zip215: false },
  ) => boolean
}

/** Brings the fallback, only where it is needed. */
export type LoadEd25519 = () => Promise<Ed25519Fallback>

/** What the platform or the fallback can do; bytes given in are the callee's. */
export interface Ed25519 {
  readonly signerOf: (seed: Bytes) => Promise<Signer>
  readonly verify: (publicKey: Bytes, signature: Bytes, message: Bytes) => Promise<boolean>
  /** A key that the platform hands out to nobody; undefined where it can make none. */
  readonly generate: (() => Promise<CryptoKeyPair>) | undefined
}

export const ED25519 = { name: 'Ed25519' } as const
const SEED_BYTES = 32
const SIGNATURE_BYTES = 64

/** PKCS #8 of an Ed25519 key (RFC 8410) up to its seed. */
const PKCS8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]

/** RFC 8032, 7.1, test 1: of the empty message. */
const KNOWN = {
  publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  signature: '5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc-bRr0lv18FlbviRlUUFDjnoQCw',
}

const fromJwk = (text: string): Bytes => {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

/** A signer over a private key of the platform. */
export const platformSigner = (subtle: SubtleCrypto, privateKey: CryptoKey, publicKey: Uint8Array): Signer => ({
  publicKey,
  sign: async (message) => new Uint8Array(await subtle.sign(ED25519, privateKey, bytesOf(message))),
})

const verifyByPlatform = async (
  subtle: SubtleCrypto,
  publicKey: Bytes,
  signature: Bytes,
  message: Bytes,
): Promise<boolean> => {
  try {
    const key = await subtle.importKey('raw', publicKey, ED25519, false, ['verify'])
    return await subtle.verify(ED25519, key, signature, message)
  } catch {
    // Not a key at all: no point of the curve, or of another length.
    return false
  }
}

const ofPlatform = (subtle: SubtleCrypto): Ed25519 => ({
  signerOf: async (seed) => {
    const pkcs8 = Uint8Array.from([...PKCS8, ...seed])
    // Readable for a moment: WebCrypto tells the public half of an imported key in no other way.
    const readable = await subtle.importKey('pkcs8', pkcs8, ED25519, true, ['sign'])
    const { x = '' } = await subtle.exportKey('jwk', readable)
    const key = await subtle.importKey('pkcs8', pkcs8, ED25519, false, ['sign'])
    pkcs8.fill(0)
    return platformSigner(subtle, key, fromJwk(x))
  },
  verify: (publicKey, signature, message) => verifyByPlatform(subtle, publicKey, signature, message),
  generate: () => subtle.generateKey(ED25519, false, ['sign', 'verify']) as Promise<CryptoKeyPair>,
})

const ofFallback = (fallback: Ed25519Fallback): Ed25519 => ({
  signerOf: async (seed) => ({
    publicKey: fallback.getPublicKey(seed),
    sign: async (message) => fallback.sign(bytesOf(message), seed),
  }),
  verify: async (publicKey, signature, message) => {
    if (publicKey.length !== SEED_BYTES || signature.length !== SIGNATURE_BYTES) return false
    try {
      return fallback.verify(signature, message, publicKey, { zip215: false })
    } catch {
      return false
    }
  },
  generate: undefined,
})

/**
 * Ed25519 of the platform, tried with a signature that is known; else the fallback.
 *
 * @throws FieldmeshError `crypto-missing` where there is neither
 */
export const findEd25519 = async (subtle: SubtleCrypto, load: LoadEd25519 | undefined): Promise<Ed25519> => {
  const { publicKey, signature } = KNOWN
  if (await verifyByPlatform(subtle, fromJwk(publicKey), fromJwk(signature), new Uint8Array()))
    return ofPlatform(subtle)
  if (!load) throw new FieldmeshError('crypto-missing', 'It has no Ed25519.')
  return ofFallback(await load())
}
