import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWebCrypto } from './web-crypto.ts'
import { isWeakPoint } from './weak-point.ts'

const field = 2n ** 255n - 19n
const encoded = (y: bigint, sign: 0 | 1): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((y >> BigInt(8 * i)) & 255n) | (i === 31 ? sign << 7 : 0))

test('no key that a device has is weak, and no signature begins so', async () => {
  const suite = createWebCrypto()
  for (let i = 0; i < 40; i++) {
    const { publicKey, sign } = await suite.signerOf(suite.randomBytes(32))
    expect([isWeakPoint(publicKey), isWeakPoint(await sign(publicKey))]).toEqual([false, false])
  }
})

test('every second name of a point is weak, and no height below', () => {
  for (const sign of [0, 1] as const) {
    for (let y = field; y < 2n ** 255n; y++) expect(isWeakPoint(encoded(y, sign))).toBe(true)
    for (const y of [2n, 3n, 255n, 256n, field - 2n, field - 3n, 2n ** 254n])
      expect(isWeakPoint(encoded(y, sign))).toBe(false)
    for (const y of [0n, 1n, field - 1n]) expect(isWeakPoint(encoded(y, sign))).toBe(true)
  }
})

test('what is no point at all is left to whoever verifies, and changed by nobody', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      const before = bytes.slice()
      isWeakPoint(bytes)
      expect(bytes).toEqual(before)
    }),
  )
})
