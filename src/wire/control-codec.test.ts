import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import { ByteWriter } from './bytes.ts'
import { decodeControl, encodeControl } from './control-codec.ts'
import { controlMessages } from '../../tests/support/wire-arbitraries.ts'
import type { ControlMessage, VectorMessage } from './messages.ts'
import { HELLO_KEYS } from '../../tests/support/hello-keys.ts'

const DIGEST = '00ff0123456789ab'
const peer = (i: number) => `device-${String(i).padStart(15, '0')}`
const vector = (clock: Record<string, number>, rest: Partial<VectorMessage> = {}): VectorMessage => ({
  kind: 'vector',
  base: '',
  pull: false,
  ...rest,
  clock,
})
const KEY = 'A'.repeat(43)
/** A hello with the flags of one part, and the part. */
const helloWith = (flags: number, part: (writer: ByteWriter) => ByteWriter): Uint8Array => {
  const head = new ByteWriter().u8(1).varint(1).text('a').varint(1).raw(new Uint8Array(8)).u8(flags)
  return part(head).raw(new Uint8Array(48)).done()
}
const hello = {
  kind: 'hello',
  protocol: 1,
  peerId: peer(1),
  epoch: 1_700_000_000_000,
  digest: DIGEST,
  cookie: DIGEST,
  ...HELLO_KEYS,
} as const
const faultOf = (bytes: Uint8Array) => {
  const decoded = decodeControl(bytes)
  return decoded.ok ? undefined : decoded.fault
}

describe('control messages', { timeout: 30_000 }, () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(controlMessages, (message) => {
        expect(decodeControl(encodeControl(message))).toEqual({ ok: true, message })
      }),
      { numRuns: 1_000 },
    )
  })

  it('have one encoding: what decodes, encodes to the same bytes', () => {
    fc.assert(
      fc.property(controlMessages, fc.nat(), fc.nat(255), (message, place, byte) => {
        const bytes = encodeControl(message)
        bytes[place % bytes.length] = byte
        const decoded = decodeControl(bytes)
        expect(decoded.ok ? encodeControl(decoded.message) : bytes).toEqual(bytes)
      }),
      { numRuns: 5_000 },
    )
  })

  it('are small: a hello below 130 bytes with its chunk header, an author of a vector 23 to 25', () => {
    expect(encodeControl(hello).length + LIMITS.chunkHeaderBytes).toBeLessThanOrEqual(130)
    const clock = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [peer(i), i + 1]))
    expect(encodeControl(vector(clock)).length / 1_000).toBeLessThan(25.1)
  })

  it('carry a vector of as many authors as a room may have', () => {
    const clock = Object.fromEntries(Array.from({ length: LIMITS.vectorAuthors }, (_, i) => [peer(i), i + 1]))
    expect(decodeControl(encodeControl(vector(clock)))).toEqual({ ok: true, message: vector(clock) })
    expect(() => encodeControl(vector({ ...clock, more: 1 }))).toThrow(FieldmeshError)
  })

  it('keep an author called __proto__ as an author', () => {
    const message = vector(
      Object.fromEntries([
        ['__proto__', 3],
        ['constructor', 4],
      ]),
    )
    const decoded = decodeControl(encodeControl(message))
    expect(decoded.ok && decoded.message.kind === 'vector' && Object.entries(decoded.message.clock)).toEqual([
      ['__proto__', 3],
      ['constructor', 4],
    ])
    expect(decoded.ok && Object.getPrototypeOf(decoded.message)).toBe(Object.prototype)
  })
})

describe('decodeControl refuses', () => {
  const authors = (...pairs: [string, number][]) => {
    const writer = new ByteWriter().u8(2).u8(0).varint(pairs.length)
    for (const [author, seq] of pairs) writer.text(author).varint(seq)
    return writer.done()
  }

  it.each([
    ['nothing', new Uint8Array()],
    ['an unknown kind', Uint8Array.of(9)],
    ['entries among control messages', Uint8Array.of(16)],
    ['an author twice', authors(['a', 1], ['a', 2])],
    ['authors out of order', authors(['b', 1], ['a', 1])],
    ['a seq of 0', authors(['a', 0])],
    ['an empty author', authors(['', 1])],
    ['an author beyond 256 characters', authors(['a'.repeat(257), 1])],
    ['a count beyond the bytes', new ByteWriter().u8(2).u8(0).varint(5).done()],
    [
      'a count beyond the limit',
      new ByteWriter()
        .u8(2)
        .u8(0)
        .varint(LIMITS.vectorAuthors + 1)
        .raw(new Uint8Array(300_000))
        .done(),
    ],
    ['an unknown flag', Uint8Array.of(2, 8, 0)],
    ['a certificate beyond the limit', helloWith(4, (writer) => writer.varint(1_537).raw(new Uint8Array(1_537)))],
    ['an empty certificate', helloWith(4, (writer) => writer.varint(0))],
    ['no locks', helloWith(8, (writer) => writer.u8(0))],
    ['too many locks', helloWith(8, (writer) => writer.u8(5).raw(new Uint8Array(40)))],
    ['an unknown reason to leave', Uint8Array.of(6, 3)],
  ])('%s, as malformed', (_, bytes) => {
    expect(faultOf(bytes)).toBe('wire-malformed')
  })

  it('trailing bytes after any message, and any message cut short', () => {
    fc.assert(
      fc.property(controlMessages, fc.nat(), (message, cut) => {
        const bytes = encodeControl(message)
        expect(faultOf(Uint8Array.of(...bytes, 0))).toBe('wire-malformed')
        expect(faultOf(bytes.subarray(0, cut % bytes.length))).toBe('wire-malformed')
      }),
    )
  })

  it('another protocol, whatever follows', () => {
    expect(faultOf(encodeControl({ ...hello, protocol: 2 }))).toBe('wire-version')
    expect(faultOf(Uint8Array.of(1, 2))).toBe('wire-version')
  })

  it('a message beyond the limit before reading it', () => {
    expect(faultOf(new Uint8Array(LIMITS.controlBytes + 1))).toBe('wire-too-large')
  })
})

describe('encodeControl refuses', () => {
  it.each<[string, ControlMessage]>([
    ['a digest that is none', { ...hello, digest: 'FF' }],
    ['uppercase hex', { ...hello, digest: DIGEST.toUpperCase() }],
    ['an empty id', { ...hello, peerId: '' }],
    ['a certificate beyond the limit', { ...hello, certificate: 'A'.repeat(2_052) }],
    ['too many locks', { ...hello, locks: Array.from({ length: 5 }, () => DIGEST) }],
    ['the first lock as a new one', { ...vector({}), lock: { epoch: 0, secret: KEY, by: KEY, sig: 'A'.repeat(86) } }],
    ['a seq of 0', vector({ a: 0 })],
    ['a seq that is no whole number', vector({ a: 1.5 })],
    ['a credit beyond 32 bits', { kind: 'credit', received: 2 ** 32 }],
    ['a reason to leave that has no number', JSON.parse('{"kind":"bye","reason":"bored"}') as ControlMessage],
  ])('%s', (_, message) => {
    expect(() => encodeControl(message)).toThrow(FieldmeshError)
  })
})
