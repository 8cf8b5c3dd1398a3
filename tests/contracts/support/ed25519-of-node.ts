import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { Ed25519Fallback } from '#adapters/crypto/ed25519'

const privateKey = (seed: Uint8Array): KeyObject => {
  const head = Buffer.from('302e020100300506032b657004220420', 'hex')
  return createPrivateKey({ key: Buffer.concat([head, seed]), format: 'der', type: 'pkcs8' })
}
const publicKey = (bytes: Uint8Array): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(bytes).toString('base64url') }, format: 'jwk' })

/** Node’s own Ed25519 in the shape of a fallback in JavaScript: it answers at once, and throws for what is no key. */
export const ed25519OfNode: Ed25519Fallback = {
  getPublicKey: (seed) =>
    new Uint8Array(Buffer.from(createPublicKey(privateKey(seed)).export({ format: 'jwk' }).x ?? '', 'base64url')),
  sign: (message, seed) => new Uint8Array(sign(null, message, privateKey(seed))),
  verify: (signature, message, key) => verify(null, message, publicKey(key), signature),
}

/** The platform as an older browser has it: all but Ed25519. */
export const withoutEd25519 = (platform: Crypto): Crypto => {
  const refuse = (algorithm: unknown): boolean => (algorithm as { readonly name?: string }).name === 'Ed25519'
  const subtle = new Proxy(platform.subtle, {
    get: (target, method) => {
      const own: unknown = Reflect.get(target, method)
      if (typeof own !== 'function') return own
      return async (...given: readonly unknown[]): Promise<unknown> => {
        if (given.some((one) => typeof one === 'object' && one !== null && refuse(one)))
          throw new DOMException('Unrecognized name.', 'NotSupportedError')
        return Reflect.apply(own, target, given)
      }
    },
  })
  return {
    subtle,
    getRandomValues: platform.getRandomValues.bind(platform),
    randomUUID: () => platform.randomUUID(),
  } as Crypto
}
