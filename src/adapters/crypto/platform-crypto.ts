import { FieldmeshError } from '#model/fault'
import type { CryptoSuite } from '#trust/crypto.types'
import { createWebCrypto, type WebCrypto } from './web-crypto.ts'

const refuse = async (): Promise<never> => {
  throw new FieldmeshError('crypto-missing')
}

/** On a page without https an engine can still be made, and says at its start what is missing. */
const missingCrypto: CryptoSuite = {
  randomBytes: () => {
    throw new FieldmeshError('crypto-missing')
  },
  hkdf: refuse,
  stretch: refuse,
  macKey: refuse,
  sealingKey: refuse,
  signerOf: refuse,
  verify: refuse,
}

let suite: WebCrypto | undefined

/** The one suite of this page or process. @throws FieldmeshError `crypto-missing` */
export const platformWebCrypto = (): WebCrypto => {
  suite ??= createWebCrypto(globalThis.crypto, async () => (await import('@noble/curves/ed25519.js')).ed25519)
  return suite
}

/** The one suite of this page or process; where there is no cryptography, all it does is refuse: `crypto-missing`. */
export const platformCrypto = (): CryptoSuite => {
  // Lib types say that it is always there; on a page without https it is not.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined
  return subtle ? platformWebCrypto() : missingCrypto
}
