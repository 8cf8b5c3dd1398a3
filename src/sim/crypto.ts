import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { CryptoSuite, DeviceKey, DeviceKeys, MacKey, SealingKey, Signer } from '#trust/crypto.types'
import { concat, statement } from '#trust/statement'

const hash = (label: string, ...parts: readonly Uint8Array[]): Uint8Array => sha256(statement(label, ...parts))
const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes)
const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, i) => byte === other[i])

/** Bytes that look like noise, from a key and a place: the sum of both gives them back. */
const blind = (key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array => {
  const out = bytes.slice()
  for (let block = 0; block * 32 < out.length; block++) {
    const noise = hash('sim.noise', key, iv, Uint8Array.of(block >> 16, block >> 8, block))
    for (let i = block * 32; i < Math.min(out.length, block * 32 + 32); i++)
      out[i] = (out[i] ?? 0) ^ (noise[i & 31] ?? 0)
  }
  return out
}

const sealingKey = (key: Uint8Array): SealingKey => {
  const tagOf = (...parts: readonly Uint8Array[]) => hash('sim.tag', key, ...parts).subarray(0, 16)
  return {
    seal: async (iv, plain, associated) => {
      const sealed = blind(key, iv, plain)
      return concat(sealed, tagOf(iv, sealed, associated))
    },
    open: async (iv, box, associated) => {
      if (box.length < 16) return undefined
      const [sealed, tag] = [box.subarray(0, -16), box.subarray(-16)]
      return isSame(tag, tagOf(iv, sealed, associated)) ? blind(key, iv, sealed) : undefined
    },
  }
}

const macKey = (key: Uint8Array): MacKey => ({
  mac: async (message) => hmac(sha256, key, message),
  verify: async (mac, message) => isSame(mac, hmac(sha256, key, message)),
})

/** What a simulation's devices compute with, and where their keys lie. */
export interface SimCrypto {
  /** @param randomBytes the device's own source of chance */
  readonly suiteFor: (randomBytes: (length: number) => Uint8Array) => CryptoSuite
  /** The keys of one device; they survive its restarts, until `wipe`. */
  readonly keysFor: (randomBytes: (length: number) => Uint8Array) => DeviceKeys & { readonly wipe: () => void }
  /** A key for whoever has no engine. */
  readonly signerOf: (seed: Uint8Array) => Signer
}

/**
 * Cryptography of a simulation: as binding as the real one for whoever plays by its words, deterministic, and a hundred
 * times cheaper. A signature is a hash under the seed; who verifies looks the seed up by the public key, which nobody
 * else in the simulation can. Answers come in the next microtask, so that no chance enters by them.
 */
export const createSimCrypto = (): SimCrypto => {
  const seeds = new Map<string, Uint8Array>()
  const signatureOf = (seed: Uint8Array, message: Uint8Array) =>
    concat(hash('sim.sign', seed, message), hash('sim.sign again', seed, message))
  const signerOf = (seed: Uint8Array): Signer => {
    const publicKey = hash('sim.public', seed)
    const own = seed.slice()
    seeds.set(textOf(publicKey), own)
    return { publicKey, sign: async (message) => signatureOf(own, message) }
  }
  const suiteFor = (randomBytes: (length: number) => Uint8Array): CryptoSuite => ({
    randomBytes,
    hkdf: async ({ secret, salt, info, length }) => hkdf(sha256, secret, salt, info, length),
    // Its many rounds would only cost time here.
    stretch: async ({ words, salt }) => hash('sim.stretch', words, salt),
    macKey: async (key) => macKey(key.slice()),
    sealingKey: async (key) => sealingKey(key.slice()),
    signerOf: async (seed) => signerOf(seed),
    verify: async (publicKey, signature, message) => {
      const seed = seeds.get(textOf(publicKey))
      return seed !== undefined && isSame(signature, signatureOf(seed, message))
    },
  })
  const keysFor = (randomBytes: (length: number) => Uint8Array) => {
    const kept = new Map<string, DeviceKey>()
    return {
      find: async (store: string) => kept.get(store),
      create: async (store: string) => {
        const key: DeviceKey = { ...signerOf(randomBytes(32)), keeping: 'kept' }
        kept.set(store, key)
        return key
      },
      wipe: () => kept.clear(),
    }
  }
  return { suiteFor, keysFor, signerOf }
}
