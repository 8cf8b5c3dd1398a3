import { describe, expect, it } from 'vitest'
import { LIMITS } from '#model/limits'
import { ByteWriter } from './bytes.ts'
import { chunkAt, chunkCount } from './chunk.ts'
import { decodeControl } from './control-codec.ts'
import { createDepot } from './depot.ts'
import { kindNumber } from './kinds.ts'

const VECTOR = kindNumber('vector')
const begun = (count: number) => new ByteWriter().u8(VECTOR).u8(0).varint(count)
/** A vector of one author, whose seq is written byte by byte. */
const ofSeq = (...seq: number[]) => begun(1).text('a').raw(Uint8Array.from(seq)).done()
const faultOf = (bytes: Uint8Array) => {
  const decoded = decodeControl(bytes)
  return decoded.ok ? undefined : decoded.fault
}
/** LEB128 of any number, as no codec of ours writes it. */
const leb128 = (value: bigint): number[] =>
  value < 0x80n ? [Number(value)] : [Number(value & 0x7fn) | 0x80, ...leb128(value >> 7n)]

describe('a vector of a million authors', () => {
  const MILLION = 1_000_000

  it('that are only claimed is refused before any is read', () => {
    expect(faultOf(begun(MILLION).text('a').varint(1).done())).toBe('wire-malformed')
  })

  it('that are there is refused by its first chunk, of which nothing is kept', () => {
    const writer = begun(MILLION)
    for (let i = 0; i < MILLION; i++) writer.text(i.toString(36).padStart(4, '0')).varint(1)
    const bytes = writer.done()
    const depot = createDepot()
    const head = { kind: 'vector', msgId: 1, priority: 0, deflated: false } as const
    for (let index = 0; index < chunkCount(bytes.length); index++)
      expect(depot.deposit('link', chunkAt(bytes, head, index))).toMatchObject({
        is: 'refused',
        fault: 'wire-too-large',
      })
    expect([depot.bytes, depot.openMessages('link')]).toEqual([0, 0])
    expect(faultOf(bytes)).toBe('wire-too-large')
  })

  it('of one more than a room may have is refused though its bytes would fit', () => {
    const count = LIMITS.vectorAuthors + 1
    const writer = begun(count)
    for (let i = 0; i < count; i++) writer.text(i.toString(36).padStart(4, '0')).varint(1)
    expect(writer.length).toBeLessThan(LIMITS.controlBytes)
    expect(faultOf(writer.done())).toBe('wire-malformed')
  })
})

describe('a seq', () => {
  it('up to 2^53−1 is a number', () => {
    const decoded = decodeControl(ofSeq(...leb128(2n ** 53n - 1n)))
    expect(decoded).toMatchObject({ ok: true, message: { clock: { a: Number.MAX_SAFE_INTEGER } } })
  })

  it.each([
    ['2^53', leb128(2n ** 53n)],
    ['2^64', leb128(2n ** 64n)],
    ['−1, as two’s complement has it', leb128(2n ** 64n - 1n)],
    ['of a thousand digits', Array.from({ length: 1_000 }, () => 0xff)],
    ['0', [0]],
    ['padded', [0x81, 0x00]],
    ['that does not end', [0xff]],
  ])('%s is refused', (_, seq) => {
    expect(faultOf(ofSeq(...seq))).toBe('wire-malformed')
  })

  it('that is a fraction, or below zero, cannot be written: it is text or noise where a whole number belongs', () => {
    for (const text of ['0.5', '-1', 'NaN', '1e3'])
      expect(faultOf(begun(1).text('a').raw(new TextEncoder().encode(text)).done())).toBe('wire-malformed')
  })
})

it('an author named twice, or out of order, is refused', () => {
  for (const authors of [
    ['a', 'a'],
    ['b', 'a'],
    ['a', 'b', 'a'],
  ]) {
    const writer = begun(authors.length)
    for (const author of authors) writer.text(author).varint(1)
    expect(faultOf(writer.done())).toBe('wire-malformed')
  }
})
