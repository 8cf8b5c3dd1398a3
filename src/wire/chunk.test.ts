import { describe, expect, it } from 'vitest'
import { LIMITS } from '#model/limits'
import { CHUNK_PAYLOAD, chunksOf, type MessageHead, parseChunk } from './chunk.ts'

const head: MessageHead = { kind: 'entries', msgId: 0xfffffffe, priority: 2, deflated: true }
const message = (length: number) => Uint8Array.from({ length }, (_, i) => i * 7)
const frames = (length: number) => [...chunksOf(message(length), head)]
/** A frame with one byte of its header changed. */
const altered = (frame: Uint8Array | undefined, place: number, value: number) => {
  const copy = (frame ?? new Uint8Array()).slice()
  copy[place] = value
  return parseChunk(copy)
}

describe('chunks', () => {
  it.each([
    [0, 1],
    [1, 1],
    [CHUNK_PAYLOAD, 1],
    [CHUNK_PAYLOAD + 1, 2],
    [5 * CHUNK_PAYLOAD - 1, 5],
  ])('of a message of %i bytes are %i, within 14,000 bytes each, and carry it whole', (length, count) => {
    const all = frames(length)
    expect(all.length).toBe(count)
    expect(Math.max(...all.map((frame) => frame.length))).toBeLessThanOrEqual(LIMITS.chunkBytes)
    const parsed = all.map(parseChunk).map((it) => (it.ok ? it.chunk : undefined))
    expect(parsed.map((chunk) => chunk?.index)).toEqual(all.map((_, i) => i))
    expect(parsed.every((it) => it?.msgId === head.msgId && it.total === count && it.totalBytes === length)).toBe(true)
    expect(parsed[0]).toMatchObject({ kind: 'entries', priority: 2, deflated: true })
    expect(Buffer.concat(parsed.map((chunk) => chunk?.payload ?? message(0)))).toEqual(Buffer.from(message(length)))
  })

  it('have a header of 16 bytes, big-endian', () => {
    const [frame] = chunksOf(Uint8Array.of(9), { kind: 'vector', msgId: 0x01020304, priority: 1, deflated: false })
    expect([...(frame ?? [])]).toEqual([1, 0b01011, 0, 2, 1, 2, 3, 4, 0, 0, 0, 1, 0, 0, 0, 1, 9])
  })

  it('are made one at a time, when asked for', () => {
    const bytes = message(3 * CHUNK_PAYLOAD)
    const chunks = chunksOf(bytes, head)
    chunks.next()
    bytes.fill(0xee)
    expect(chunks.next().value?.[LIMITS.chunkHeaderBytes]).toBe(0xee)
  })

  it('of more bytes than a receiver takes are not made at all', () => {
    const large = new Uint8Array(LIMITS.controlBytes + 1)
    expect(() => chunksOf(large, { ...head, kind: 'vector' }).next()).toThrow(
      expect.objectContaining({ code: 'wire-too-large' }),
    )
  })
})

describe('parseChunk refuses', () => {
  const [first, middle, last] = frames(2 * CHUNK_PAYLOAD + 5)

  it.each([
    ['an unknown version', () => altered(first, 0, 2), 'wire-version'],
    ['an unknown flag', () => altered(first, 1, 0b110101), 'wire-malformed'],
    ['a first chunk without its flag', () => altered(first, 1, 0b10100), 'wire-malformed'],
    ['a middle chunk flagged as last', () => altered(middle, 1, 0b10110), 'wire-malformed'],
    ['an unknown kind', () => altered(first, 3, 99), 'wire-malformed'],
    ['an index beyond the total', () => altered(middle, 9, 3), 'wire-malformed'],
    ['a total that does not follow from the bytes', () => altered(first, 11, 4), 'wire-malformed'],
    ['a total of 0', () => altered(first, 11, 0), 'wire-malformed'],
    ['a size that does not follow from the total', () => altered(last, 15, 0xff), 'wire-malformed'],
    ['a claim of 4 GB', () => altered(first, 12, 0xff), 'wire-too-large'],
    ['a control message of entries’ size', () => altered(frames(1_000_000)[0], 3, 2), 'wire-too-large'],
    ['a header cut short', () => parseChunk(new Uint8Array(15)), 'wire-malformed'],
    ['a frame beyond 14,000 bytes', () => parseChunk(new Uint8Array(LIMITS.chunkBytes + 1)), 'wire-too-large'],
    ['a payload cut short', () => parseChunk((middle ?? message(0)).subarray(0, -1)), 'wire-malformed'],
  ])('%s', (_, attempt, fault) => {
    expect(attempt()).toMatchObject({ ok: false, fault, reason: expect.stringMatching(/./) })
  })
})
