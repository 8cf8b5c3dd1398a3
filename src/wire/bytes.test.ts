import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FieldmeshError } from '#model/fault'
import { ByteReader, BytesMalformed, ByteWriter, fromUtf8, toUtf8 } from './bytes.ts'

/** Lone surrogates, byte order marks and astral characters included. */
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.constantFrom('', '\ufeff', '\ufeffid', '\ud800', '\udc00\ud800', 'a\ud83d', '😀', '__proto__', 'é'.repeat(60)),
)
const read = (bytes: number[], take: (reader: ByteReader) => unknown) => take(new ByteReader(Uint8Array.from(bytes)))

describe('ByteWriter and ByteReader', () => {
  it('give back every number, text and run of bytes, and nothing is left', () => {
    const steps = fc.record({
      u8: fc.nat(255),
      u16: fc.nat(65_535),
      u32: fc.nat(0xffffffff),
      n: fc.maxSafeNat(),
      text: texts,
    })
    fc.assert(
      fc.property(fc.array(steps), (all) => {
        const writer = new ByteWriter()
        for (const it of all)
          writer.u8(it.u8).u16(it.u16).u32(it.u32).varint(it.n).text(it.text).raw(Uint8Array.of(1, 2))
        const reader = new ByteReader(writer.done())
        const back = all.map(() => {
          const it = {
            u8: reader.u8(),
            u16: reader.u16(),
            u32: reader.u32(),
            n: reader.varint(),
            text: reader.text(1_000),
          }
          expect([...reader.raw(2)]).toEqual([1, 2])
          return it
        })
        expect(back).toEqual(all)
        reader.end()
      }),
    )
  })

  it('write numbers big-endian and 2^53−1 in eight bytes', () => {
    expect([...new ByteWriter().u16(0x0102).u32(0x03040506).done()]).toEqual([1, 2, 3, 4, 5, 6])
    expect(new ByteWriter().varint(Number.MAX_SAFE_INTEGER).length).toBe(8)
  })

  it.each([
    ['a number that ends early', [0x80], (r: ByteReader) => r.varint()],
    ['a padded number', [0x80, 0x00], (r: ByteReader) => r.varint()],
    ['a number of 2^53', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10], (r: ByteReader) => r.varint()],
    ['a number without end', Array(20).fill(0xff), (r: ByteReader) => r.varint()],
    ['a text longer than the bytes', [20, 65], (r: ByteReader) => r.text(256)],
    ['a text longer than allowed', [8, 65, 65, 65, 65], (r: ByteReader) => r.text(3)],
    ['an overlong form of a slash', [4, 0xc0, 0xaf], (r: ByteReader) => r.text(256)],
    ['a surrogate in UTF-8', [6, 0xed, 0xa0, 0x80], (r: ByteReader) => r.text(256)],
    ['well-formed text as UTF-16', [5, 0, 65], (r: ByteReader) => r.text(256)],
    ['half a code unit', [3, 0xd8], (r: ByteReader) => r.text(256)],
    ['a run beyond the end', [1], (r: ByteReader) => r.raw(2)],
    ['bytes too many', [1], (r: ByteReader) => r.end()],
  ])('refuse %s', (_, bytes, take) => {
    expect(() => read(bytes, take)).toThrow(BytesMalformed)
  })

  it.each([[-1], [0.5], [Number.NaN], [2 ** 53]])('refuse to write %s as a number', (value) => {
    expect(() => new ByteWriter().varint(value)).toThrow(FieldmeshError)
    expect(() => new ByteWriter().u32(value)).toThrow(FieldmeshError)
  })
})

describe('toUtf8 and fromUtf8', () => {
  it('keep a byte order mark, and refuse a lone surrogate rather than alter it', () => {
    expect(fromUtf8(toUtf8('\ufeffa'))).toBe('\ufeffa')
    expect(() => toUtf8('a\ud800')).toThrow(FieldmeshError)
  })
})
