import { expect, test, vi } from 'vitest'
import { ed25519OfNode, withoutEd25519 } from '../../../tests/contracts/support/ed25519-of-node.ts'
import type { LoadEd25519 } from './ed25519.ts'
import { platformCrypto } from './platform-crypto.ts'
import { createWebCrypto } from './web-crypto.ts'

const seed = new Uint8Array(32).fill(3)

test('the fallback is loaded where the platform has no Ed25519, once, and nowhere else', async () => {
  const load = vi.fn<LoadEd25519>().mockResolvedValue(ed25519OfNode)
  const able = createWebCrypto(globalThis.crypto, load)
  const { publicKey } = await able.signerOf(seed)
  expect(load).not.toHaveBeenCalled()
  const old = createWebCrypto(withoutEd25519(globalThis.crypto), load)
  const [one] = await Promise.all([old.signerOf(seed), old.signerOf(seed)])
  expect(one.publicKey).toEqual(publicKey)
  expect(await able.verify(publicKey, await one.sign(seed), seed)).toBe(true)
  expect(load).toHaveBeenCalledTimes(1)
})

test('without Ed25519 and without a fallback nothing is signed, and nobody is taken for a forger', async () => {
  const old = createWebCrypto(withoutEd25519(globalThis.crypto))
  await expect(old.signerOf(seed)).rejects.toMatchObject({ code: 'crypto-missing' })
  await expect(old.verify(seed, new Uint8Array(64).fill(9), seed)).rejects.toMatchObject({ code: 'crypto-missing' })
  expect(await (await old.macKey(seed)).mac(seed)).toHaveLength(32)
})

test('a fallback that could not be loaded is asked for again', async () => {
  const load = vi.fn<LoadEd25519>().mockRejectedValueOnce(new Error('offline')).mockResolvedValue(ed25519OfNode)
  const old = createWebCrypto(withoutEd25519(globalThis.crypto), load)
  await expect(old.signerOf(seed)).rejects.toThrow('offline')
  expect((await old.signerOf(seed)).publicKey).toHaveLength(32)
})

test('a page without cryptography gets a suite that refuses, whatever it is asked', async () => {
  vi.stubGlobal('crypto', { getRandomValues: () => new Uint8Array() })
  expect(() => createWebCrypto()).toThrow(expect.objectContaining({ code: 'crypto-missing' }))
  const suite = platformCrypto()
  const asked = [suite.signerOf(seed), suite.verify(seed, seed, seed), suite.macKey(seed), suite.sealingKey(seed)]
  for (const answer of asked) await expect(answer).rejects.toMatchObject({ code: 'crypto-missing' })
  expect(() => suite.randomBytes(1)).toThrow(expect.objectContaining({ code: 'crypto-missing' }))
  vi.unstubAllGlobals()
  expect((await platformCrypto().signerOf(seed)).publicKey).toHaveLength(32)
  expect(platformCrypto()).toBe(platformCrypto())
})

test('keys and signatures of small order are refused, whatever the platform makes of them', async () => {
  const lenient = { ...ed25519OfNode, verify: () => true }
  const { verify } = createWebCrypto(withoutEd25519(globalThis.crypto), async () => lenient)
  const [sound, weak] = [new Uint8Array(64).fill(9), new Uint8Array(64)]
  expect(await verify(sound.slice(0, 32), sound, seed)).toBe(true)
  expect(await verify(weak.slice(0, 32), sound, seed)).toBe(false)
  expect(await verify(sound.slice(0, 32), weak, seed)).toBe(false)
})
