import { constants, deflateRawSync } from 'node:zlib'
import { deflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Entry } from '#model/entry'
import { LIMITS } from '#model/limits'
import { seeded } from '../../tests/support/random.ts'
import { inflateCapped, packBytes } from './deflate.ts'
import { DICTIONARY } from './dictionary.ts'
import { encodeBatch, encodeEntry } from './entry-codec.ts'

const noise = (length: number, seed = 1) => {
  const next = seeded(seed)
  return Uint8Array.from({ length }, () => next() * 256)
}
const prose = (length: number) => Uint8Array.from({ length }, (_, i) => 97 + ((i * i) % 7) + (i % 3))

describe('packBytes', () => {
  it('deflates from 128 bytes on, where that is smaller', () => {
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

describe('what would not shrink', () => {
  it('goes as it is: the same array, not a copy', () => {
    const photo = noise(200_000)
    expect(packBytes(photo).bytes).toBe(photo)
  })

  it('is told by its middle: noise at both ends does not hide a text', () => {
    const bytes = Buffer.concat([noise(8_000), prose(40_000), noise(8_000, 2)])
    expect(packBytes(bytes).deflated).toBe(true)
  })
})

describe('the dictionary', () => {
  it('brings a single edit to less than three fifths of its size', () => {
    const [author, other] = ['Qx3vT9_kLm2-pRzYw8bN4A', 'Zt7cVf1HsJq0Xe5UoKd6Mg']
    const entry: Entry = {
      id: 'reading-000037',
      resourceType: 'reading',
      action: 'update',
      data: { kwh: 812.25 },
      timestamp: 1_760_000_123_456,
      peerId: author,
      vectorClock: { [author]: 1_038, [other]: 38 },
    }
    const batch = encodeBatch([encodeEntry(entry)])
    const packed = packBytes(batch)
    expect(packed.deflated).toBe(true)
    expect(packed.bytes.length).toBeLessThan(batch.length * 0.6)
    expect(inflateCapped(packed.bytes, batch.length)).toEqual(batch)
  })

  it('is never part of what comes out', () => {
    for (const length of [1, 100, 40_000]) {
      const bytes = prose(length)
      expect(inflateCapped(deflateSync(bytes), length)).toEqual(bytes)
      expect(inflateCapped(deflateSync(bytes, { dictionary: DICTIONARY }), length)).toEqual(bytes)
      expect(inflateCapped(deflateSync(bytes), length - 1)).toBeUndefined()
    }
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
    ['a copy from before the dictionary', [0x03, 0x5e, 0x00, 0x00, 0x00]],
    ['nothing at all', []],
  ])('refuses %s', (_, bytes) => {
    expect(inflateCapped(Uint8Array.from(bytes), 1_000)).toBeUndefined()
  })
})
