import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, canonicalJson, numberBytes, quotedBytes, utf8Length } from './canonical.ts'
import type { Entry, Json } from './entry.ts'

const encoder = new TextEncoder()
/** Any text, lone surrogates included. */
const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) })
const value = fc
  .jsonValue({ stringUnit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) })
  .map((json) => json as Json)

const entry: Entry = {
  vectorClock: { zoe: 2, ana: 1 },
  timestamp: 1_000,
  resourceType: 'reading',
  peerId: 'ana',
  id: 'm-17',
  data: { b: [1, { d: 1, c: 2 }], a: 'x' },
  action: 'update',
}

/** The same with the members of every object in reverse. */
const reversed = (json: Json): Json => {
  if (typeof json !== 'object' || json === null) return json
  if (Array.isArray(json)) return json.map(reversed)
  return Object.fromEntries(
    Object.entries<Json>(json)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  )
}

describe('canonical JSON', () => {
  it('is one text for one value, whatever the order of keys', () => {
    fc.assert(
      fc.property(value, (json) => {
        expect(canonicalJson(reversed(json))).toBe(canonicalJson(json))
      }),
    )
  })

  it('reads back as the same value, lone surrogates included', () => {
    fc.assert(
      fc.property(value, (json) => {
        expect(JSON.stringify(JSON.parse(canonicalJson(json)))).toHaveLength(JSON.stringify(json).length)
        expect(canonicalJson(JSON.parse(canonicalJson(json)))).toBe(canonicalJson(json))
      }),
    )
    expect(JSON.parse(canonicalJson({ '\udc00': '\ud800x' }))).toEqual({ '\udc00': '\ud800x' })
  })

  it('sorts keys by UTF-16 code units, also those that engines put first', () => {
    expect(canonicalJson({ ä: 1, '\u{1f600}': 1, '\ufb33': 1, b: 1, B: 1, 10: 1, 9: 1 })).toBe(
      '{"10":1,"9":1,"B":1,"b":1,"ä":1,"\u{1f600}":1,"\ufb33":1}',
    )
  })

  it('writes numbers as the language does: one text each', () => {
    expect(canonicalJson([1, 1.0, -0, 1e21, 1e-7, 0.1, 333333333.3333333])).toBe(
      '[1,1,0,1e+21,1e-7,0.1,333333333.3333333]',
    )
  })

  it('keeps __proto__ as a key', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1},"b":1}')
  })

  it('refuses what is nested deeper than 32 levels instead of running out of stack', () => {
    const nest = (depth: number): Json => (depth === 0 ? 1 : [nest(depth - 1)])
    expect(canonicalJson(nest(32))).toHaveLength(65)
    expect(() => canonicalJson(nest(33))).toThrow(expect.objectContaining({ code: 'entry-too-deep' }))
  })
})

describe('the canonical body of an entry', () => {
  it('has its fields sorted, like everything in it', () => {
    const text =
      '{"action":"update","data":{"a":"x","b":[1,{"c":2,"d":1}]},"id":"m-17","peerId":"ana",' +
      '"resourceType":"reading","timestamp":1000,"vectorClock":{"ana":1,"zoe":2}}'
    expect(canonical(entry)).toBe(text)
    expect(canonicalJson(JSON.parse(text))).toBe(text)
  })

  it('names the counter unless it is 0', () => {
    expect(canonical({ ...entry, counter: 0 })).toBe(canonical(entry))
    const counted = canonical({ ...entry, counter: 3 })
    expect(counted).toContain('"update","counter":3,"data"')
    expect(canonicalJson(JSON.parse(counted))).toBe(counted)
  })
})

describe('lengths in bytes', () => {
  it('are those of an encoder, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'grapheme' }), fc.string()), (text) => {
        expect(utf8Length(text)).toBe(encoder.encode(text).length)
        expect(quotedBytes(text)).toBe(encoder.encode(JSON.stringify(text)).length)
      }),
    )
  })

  it('are those of the text, for any number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(numberBytes(number)).toBe(JSON.stringify(number).length)
      }),
    )
  })
})
