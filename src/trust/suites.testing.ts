import { createWebCrypto } from '#adapters/crypto/web-crypto'
import { createSimCrypto } from '#sim/crypto'
import type { CryptoSuite } from './crypto.types.ts'

const someBytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 7 + 1) & 255)

/** The real cryptography and the simulation's, for tests that must hold on both. */
export const suites: readonly { readonly name: string; readonly makeSuite: () => CryptoSuite }[] = [
  { name: 'WebCrypto', makeSuite: () => createWebCrypto() },
  { name: 'the simulation', makeSuite: () => createSimCrypto().suiteFor(someBytes) },
]
