import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entries } from '../../tests/support/wire-arbitraries.ts'
import { canonical } from './canonical.ts'
import type { Entry } from './entry.ts'
import { isFaultCode } from './fault.ts'
import { LIMITS } from './limits.ts'
import { parseEntry } from './parse-entry.ts'
import { checkEntry } from './validate-entry.ts'

const good: Entry = {
  id: 'm-17',
  resourceType: 'reading',
  action: 'update',
  data: { kwh: 812, tags: ['a', null, { deep: 1.5 }] },
  timestamp: 1_700_000_000_000,
  peerId: 'ana',
  vectorClock: { ana: 3, ben: 1 },
  counter: 2,
}
const text = canonical(good)
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
const clockOf = (authors: number): string =>
  canonical({ ...good, vectorClock: Object.fromEntries(Array.from({ length: authors }, (_, i) => [`p${i}`, 1])) })

/** What `parseEntry` promises, said with the check for everybody and the canonical form. */
const isBody = (body: string): boolean => {
  try {
    const entry = checkEntry(JSON.parse(body))
    return typeof entry !== 'string' && canonical(entry) === body
  } catch {
    return false
  }
}

const isDeeplyFrozen = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen))

/** Edits that keep most of a text sound, and often all of it JSON. */
const EDITS: readonly (readonly [find: RegExp, put: string])[] = [
  [/\d+/, '007'],
  [/\d+/, '1e2'],
  [/\d+/, '0'],
  [/\d+/, '-0'],
  [/\d+/, '1e999'],
  [/:/, ': '],
  [/"counter":\d+,/, ''],
  [/,"data"/, ',"counter":0,"data"'],
  [/"data":\{/, '"data":{"a":1,'],
  [/"data":\{/, '"data":{"10":1,"9":2,'],
  [/"data":\{/, '"data":{"9":1,"10":2,'],
  [/"data":\{.*?\}/, '"data":{"10":1,"9":2}'],
  [/"data":\{.*?\}/, '"data":{"9":1,"10":2}'],
  [/"vectorClock":\{/, '"vectorClock":{"1":1,'],
  [/update|create/, 'delete'],
  [/"id":"/, '"id":"\\u0041'],
  [/"id":".*?",/, '"id":"",'],
  [/"peerId":"/, '"peerId":"x'],
  [/\}$/, ',"z":1}'],
  [/\{/, '{"__proto__":{},'],
]

describe('parseEntry', { timeout: 60_000 }, () => {
  it('takes exactly the texts that are the canonical form of a valid entry, and tells what they say', () => {
    let taken = 0
    fc.assert(
      fc.property(entries, fc.constantFrom([/^/, ''] as const, ...EDITS), (entry, [find, put]) => {
        const body = canonical(entry).replace(find, put)
        const found = parseEntry(body)
        expect([body, typeof found !== 'string']).toEqual([body, isBody(body)])
        const isRefused = typeof found === 'string'
        if (!isRefused) taken += 1
        expect(isRefused ? isFaultCode(found) : canonical(found)).toBe(isRefused || body)
        expect(isRefused || found).toEqual(isRefused || checkEntry(JSON.parse(body)))
      }),
      { numRuns: 3_000 },
    )
    expect(taken).toBeGreaterThan(300)
  })

  it('takes keys that look like whole numbers in the order of their text, and no other', () => {
    expect(parseEntry(canonical({ ...good, data: { 9: 1, 10: 2 } }))).toMatchObject({ data: { 9: 1, 10: 2 } })
    expect(parseEntry(text.replace(/"data":\{.*\}\]\}/, '"data":{"10":2,"9":1}'))).toMatchObject({ data: { 9: 1 } })
    expect(parseEntry(text.replace(/"data":\{.*\}\]\}/, '"data":{"9":1,"10":2}'))).toBe('entry-malformed')
  })

  it('gives what is frozen all the way down', () => {
    const entry = parseEntry(text)
    expect(entry).toEqual(good)
    expect(isDeeplyFrozen(entry)).toBe(true)
  })

  it.each([
    ['a number that is none', text.replace('812', '1e999'), 'entry-malformed'],
    ['a depth beyond the limit', text.replace('812', nested(LIMITS.entryDepth)), 'entry-too-deep'],
    ['a depth without end', text.replace('812', nested(200_000)), 'entry-too-deep'],
    ['a clock without its author', text.replace('"peerId":"ana"', '"peerId":"cy"'), 'entry-bad-clock'],
    ['a clock with a seq of 0', text.replace('"ben":1', '"ben":0'), 'entry-bad-clock'],
    ['a clock of too many authors', clockOf(LIMITS.clockAuthors + 1), 'entry-bad-clock'],
    ['a delete with data', text.replace('update', 'delete'), 'entry-malformed'],
    ['the field $alive', canonical({ ...good, data: { $alive: true } }), 'entry-malformed'],
    ['a field name beyond the limit', canonical({ ...good, data: { ['x'.repeat(257)]: 1 } }), 'entry-malformed'],
    ['an id beyond the limit', canonical({ ...good, id: 'x'.repeat(257) }), 'entry-malformed'],
    ['a list', `[${text}]`, 'entry-malformed'],
    ['null', 'null', 'entry-malformed'],
    ['no JSON', text.slice(1), 'entry-malformed'],
  ])('refuses %s', (_, body, fault) => {
    expect(parseEntry(body)).toBe(fault)
  })
})
