import { describe, expect, it } from 'vitest'
import { murmur3 } from './murmur3.ts'

const ascii = (text: string) => new TextEncoder().encode(text)
const hex = (bytes: Uint8Array, seed?: number) =>
  murmur3(bytes, seed)
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('')

describe('MurmurHash3_x86_128, first 64 bits', () => {
  // https://github.com/karanlyons/murmurHash3.js (README), https://github.com/PeterScott/murmur3 (test.c)
  it.each([
    ['three blocks and a tail', ascii("I will not buy this tobacconist's, it is scratched."), 0, '9b5b7ba2ef3f7866'],
    ['whole blocks of every byte', Uint8Array.from({ length: 256 }, (_, i) => i), 0, '2c56c88fdb4503df'],
    ['a tail alone, with a seed', ascii('Hello, world!'), 123, '61c9129e5a1aacd7'],
    ['another seed', ascii('Hello, world!'), 321, 'd5fbdcb3c26c4193'],
    ['a block and a tail, with a seed', ascii('x'.repeat(28)), 123, '5e40bab278825a16'],
    ['nothing', ascii(''), 0, '0000000000000000'],
  ])('gives the published hash of %s', (_, bytes, seed, expected) => {
    expect(hex(bytes, seed)).toBe(expected)
  })

  it('reads a view of a larger buffer like the bytes alone', () => {
    const whole = ascii("xxI will not buy this tobacconist's, it is scratched.xx")
    expect(hex(whole.subarray(2, -2))).toBe('9b5b7ba2ef3f7866')
  })
})
