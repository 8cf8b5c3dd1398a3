import { describe } from 'vitest'
import { createWebCrypto } from '#adapters/crypto/web-crypto'
import { cryptoContract } from '#contracts/crypto/crypto-contract'
import { createSimCrypto } from '#sim/crypto'
import { createRandom } from '#sim/random'
import { ed25519OfNode, withoutEd25519 } from './support/ed25519-of-node.ts'
import { keep } from './support/keep.ts'

describe('the cryptography of Node', () => {
  keep(cryptoContract(() => createWebCrypto(), { powers: ['standard'] }))
})

describe('the cryptography of a browser without Ed25519, with a fallback', () => {
  const load = async () => ed25519OfNode
  keep(cryptoContract(() => createWebCrypto(withoutEd25519(globalThis.crypto), load), { powers: ['standard'] }))
})

describe('the cryptography of the simulation', () => {
  keep(cryptoContract(() => createSimCrypto().suiteFor(createRandom(1).bytes)))
})
