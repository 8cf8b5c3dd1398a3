import { ed25519 } from '@noble/curves/ed25519.js'
import { expect, test } from 'vitest'
import { base64url } from '#model/base64url'
import { createWebCrypto } from './web-crypto.ts'

/** This platform as a browser that has all but Ed25519. */
const older = (): Crypto => {
  const refuse = async () => {
    throw new DOMException('Unrecognized name.', 'NotSupportedError')
  }
  const subtle = new Proxy(crypto.subtle, {
    get: (target, name: keyof SubtleCrypto) => {
      const own = target[name] as unknown
      if (typeof own !== 'function') return own
      return (...given: unknown[]) =>
        JSON.stringify(given).includes('Ed25519')
          ? refuse()
          : (own as (...given: unknown[]) => unknown).apply(target, given)
    },
  })
  return { subtle, getRandomValues: (bytes: never) => crypto.getRandomValues(bytes) } as unknown as Crypto
}

test('@noble/curves signs and verifies as WebCrypto does, where a browser has no Ed25519', async () => {
  const [fallback, own] = [createWebCrypto(older(), async () => ed25519), createWebCrypto()]
  const seed = new Uint8Array(32).fill(5)
  const [a, b] = await Promise.all([fallback.signerOf(seed), own.signerOf(seed)])
  const message = new TextEncoder().encode('meter-17')
  expect(base64url(a.publicKey)).toBe(base64url(b.publicKey))
  expect(base64url(await a.sign(message))).toBe(base64url(await b.sign(message)))
  expect(await own.verify(a.publicKey, await a.sign(message), message)).toBe(true)
  expect(await fallback.verify(b.publicKey, await b.sign(message), message)).toBe(true)
  expect(await fallback.verify(b.publicKey, await b.sign(message), seed)).toBe(false)
})
