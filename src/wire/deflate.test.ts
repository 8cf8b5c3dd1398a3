import { constants, deflateRawSync } from 'node:zlib'
import { deflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '#model/limits'
import { seeded } from '../../tests/support/random.ts'
import { inflateCapped, packBytes } from './deflate.ts'

const noise = (length: number, seed = 1) => {
  const next = seeded(seed)
  return Uint8Array.from({ length }, () => next() * 256)
}
const prose = (length: number) => Uint8Array.from({ length }, (_, i) => 97 + ((i * i) % 7) + (i % 3))

describe('packBytes', () => {
  it('deflates from 1 kB on, where that is smaller', () => {
    expect(packBytes(prose(LIMITS.deflateFromBytes)).deflated).toBe(true)
    expect(packBytes(prose(LIMITS.deflateFromBytes - 1)).deflated).toBe(false)
    const random = noise(5_000)
    expect(packBytes(random)).toEqual({ bytes: random, deflated: false })
  })

  it.each([1_024, 14_000, 300_000])('gives back %i bytes as they were', (length) => {
    const bytes = Buffer.concat([prose(length), noise(length / 4)])
    expect(Buffer.compare(inflateCapped(packBytes(bytes).bytes, bytes.length) ?? noise(1), bytes)).toBe(0)
  })
})

describe('inflateCapped', { timeout: 30_000 }, () => {
  it('takes just the cap and not a byte more', () => {
    const packed = deflateSync(prose(50_000))
    expect(inflateCapped(packed, 50_000)?.length).toBe(50_000)
    expect(inflateCapped(packed, 49_999)).toBeUndefined()
  })

  it('stops a bomb early: 64 MB in 64 kB cost less than half of that', () => {
    const bomb = deflateRawSync(new Uint8Array(64 * 2 ** 20))
    expect(bomb.length).toBeLessThan(70_000)
    const before = process.memoryUsage().arrayBuffers
    expect(inflateCapped(bomb, 64 * 1_024)).toBeUndefined()
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 2 ** 20)
  })

  it('refuses a stream cut short anywhere', () => {
    const packed = deflateSync(Buffer.concat([prose(3_000), noise(200), prose(500)]))
    for (let cut = 0; cut < packed.length; cut++) expect(inflateCapped(packed.subarray(0, cut), 10_000)).toBeUndefined()
  })

  it('takes streams of stored, fixed and dynamic blocks', () => {
    for (const level of [0, 1, 9] as const)
      for (const length of [0, 1, 30, 70_000]) {
        const bytes = prose(length)
        expect(inflateCapped(deflateSync(bytes, { level }), 80_000)).toEqual(bytes)
      }
  })

  it('takes what zlib makes, by every strategy', () => {
    const strategies = [
      constants.Z_DEFAULT_STRATEGY,
      constants.Z_FILTERED,
      constants.Z_HUFFMAN_ONLY,
      constants.Z_RLE,
      constants.Z_FIXED,
    ]
    const inputs = [
      prose(1),
      prose(40_000),
      noise(40_000),
      new Uint8Array(40_000),
      Buffer.concat([noise(33_000), noise(33_000)]),
    ]
    for (const strategy of strategies)
      for (const level of [1, 5, 9])
        for (const bytes of inputs) {
          const packed = deflateRawSync(bytes, { strategy, level })
          expect(Buffer.compare(inflateCapped(packed, bytes.length) ?? noise(1), bytes)).toBe(0)
        }
  })

  it.each([
    ['an unknown type of block', [0x07]],
    ['a copy from before the beginning', [0x03, 0x02, 0x00]],
    ['nothing at all', []],
  ])('refuses %s', (_, bytes) => {
    expect(inflateCapped(Uint8Array.from(bytes), 1_000)).toBeUndefined()
  })
})
