import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, utf8Length } from './canonical.ts'
import type { Json } from './entry.ts'
import { FieldmeshError, isFaultCode } from './fault.ts'
import { LIMITS } from './limits.ts'
import { checkEntry, checkInput } from './validate-entry.ts'

const good = {
  id: 'm-17',
  resourceType: 'reading',
  action: 'update',
  data: { kwh: 812, note: 'ok', tags: ['a', null, true, { deep: 1.5 }] },
  timestamp: 1_700_000_000_000,
  peerId: 'ana',
  vectorClock: { ana: 3, ben: 1 },
} as const
const input = { id: 'm-17', resourceType: 'reading', action: 'update', data: { kwh: 812 } } as const

class Note {
  readonly kind = 'note'
}
const sparse = (length: number): unknown[] => Object.assign([], { length })
const nested = (levels: number): Json => (levels === 0 ? 1 : [nested(levels - 1)])
const without = (field: string): unknown => Object.fromEntries(Object.entries(good).filter(([key]) => key !== field))
const text = (length: number): string => 'x'.repeat(length)
const authors = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [i === 0 ? 'ana' : `p${i}`, 1]))
const cycle: { self?: unknown } = {}
cycle.self = cycle
/** 2³⁰ values in thirty objects. */
const bomb = Array.from({ length: 30 }).reduce<unknown>((inner) => ({ a: inner, b: inner }), 1)

describe('checkEntry', () => {
  it.each<[string, unknown]>([
    ['a plain update', good],
    ['a create without fields', { ...good, action: 'create', data: {} }],
    ['a delete', { ...good, action: 'delete', data: {} }],
    ['a counter', { ...good, counter: 7 }],
    ['ids at the limit', { ...good, id: text(256), resourceType: text(256), data: { [text(256)]: 1, '': 2 } }],
    ['lone surrogates', { ...good, id: '\ud800', data: { '\udc00': '\ud800' } }],
    ['depth at the limit', { ...good, data: { deep: nested(31) } }],
    ['1,024 authors', { ...good, vectorClock: authors(1_024) }],
    ['any time, far ahead or before 1970', { ...good, timestamp: Number.MAX_SAFE_INTEGER }],
    ['a negative time', { ...good, timestamp: -5 }],
  ])('takes %s as it is', (_, entry) => {
    expect(checkEntry(entry)).toEqual(entry)
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'entry'],
    ['an array', [good]],
    ['an instance of a class', Object.assign(new Note(), good)],
    ['an unknown field', { ...good, extra: 1 }],
    ['a symbol', { ...good, [Symbol('s')]: 1 }],
    ['a missing id', without('id')],
    ['a missing resourceType', without('resourceType')],
    ['a missing action', without('action')],
    ['a missing data', without('data')],
    ['a missing timestamp', without('timestamp')],
    ['a missing peerId', without('peerId')],
    ['a missing vectorClock', without('vectorClock')],
    ['an inherited field', Object.create(good)],
    ['an empty id', { ...good, id: '' }],
    ['an id of 257 characters', { ...good, id: text(257) }],
    ['a numeric id', { ...good, id: 17 }],
    ['an empty resourceType', { ...good, resourceType: '' }],
    ['an empty peerId', { ...good, peerId: '' }],
    ['an unknown action', { ...good, action: 'upsert' }],
    ['a delete with data', { ...good, action: 'delete' }],
    ['data that is an array', { ...good, data: [1] }],
    ['data that is null', { ...good, data: null }],
    ['a field name of 257 characters', { ...good, data: { [text(257)]: 1 } }],
    ['a field called $alive', { ...good, data: { $alive: false } }],
    ['undefined in data', { ...good, data: { a: undefined } }],
    ['a hole in an array', { ...good, data: { a: sparse(2) } }],
    ['NaN in data', { ...good, data: { a: Number.NaN } }],
    ['Infinity in data', { ...good, data: { a: [Number.NEGATIVE_INFINITY] } }],
    ['a bigint in data', { ...good, data: { a: 1n } }],
    ['a function in data', { ...good, data: { toJSON: () => 1 } }],
    ['a Date in data', { ...good, data: { a: new Date(0) } }],
    ['a Map in data', { ...good, data: { a: new Map() } }],
    ['a symbol in data', { ...good, data: { a: { [Symbol('s')]: 1 } } }],
    ['a fraction of a millisecond', { ...good, timestamp: 1.5 }],
    ['an unsafe timestamp', { ...good, timestamp: 2 ** 53 }],
    ['a negative counter', { ...good, counter: -1 }],
    ['a counter in text', { ...good, counter: '1' }],
    [
      'a getter that throws',
      Object.defineProperty({ ...good }, 'id', {
        enumerable: true,
        get: () => {
          throw new Error('boo')
        },
      }),
    ],
    [
      'a proxy that throws',
      new Proxy(
        { ...good },
        {
          ownKeys: () => {
            throw new Error('boo')
          },
        },
      ),
    ],
  ])('refuses %s as malformed', (_, entry) => {
    expect(checkEntry(entry)).toBe('entry-malformed')
  })

  it.each<[string, unknown]>([
    ['that is no object', 3],
    ['that is an array', [3]],
    ['that is empty', {}],
    ['without its own author', { ben: 1 }],
    ['where the own author is inherited', Object.create({ ana: 1 })],
    ['with seq 0', { ana: 3, ben: 0 }],
    ['with a negative seq', { ana: -3 }],
    ['with a fraction', { ana: 3, ben: 1.5 }],
    ['with an unsafe seq', { ana: 2 ** 53 }],
    ['with a seq in text', { ana: '3' }],
    ['with an empty author', { ana: 3, '': 1 }],
    ['with an author of 257 characters', { ana: 3, [text(257)]: 1 }],
    ['of 1,025 authors', authors(1_025)],
  ])('refuses a clock %s', (_, vectorClock) => {
    expect(checkEntry({ ...good, vectorClock })).toBe('entry-bad-clock')
  })

  it('refuses a clock without its own author also where every object inherits such a name', () => {
    expect(checkEntry({ ...good, peerId: 'constructor', vectorClock: { ben: 1 } })).toBe('entry-bad-clock')
  })

  it('refuses what nests deeper than 32 levels, cycles too', () => {
    expect(checkEntry({ ...good, data: { deep: nested(32) } })).toBe('entry-too-deep')
    expect(checkEntry({ ...good, data: cycle })).toBe('entry-too-deep')
    expect(checkEntry({ ...good, data: JSON.parse(`{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`) })).toBe(
      'entry-too-deep',
    )
  })

  it('refuses a body of one byte more than 1 MiB, however its bytes are spent', () => {
    const fill = LIMITS.entryBytes - utf8Length(canonical({ ...good, data: { a: '' } }))
    expect(checkEntry({ ...good, data: { a: text(fill) } })).toMatchObject({ id: 'm-17' })
    expect(checkEntry({ ...good, counter: 0, data: { a: text(fill) } })).toMatchObject({ id: 'm-17' })
    expect(checkEntry({ ...good, data: { a: text(fill + 1) } })).toBe('entry-too-large')
    expect(checkEntry({ ...good, data: { a: '\ud800'.repeat(Math.ceil(fill / 6) + 1) } })).toBe('entry-too-large')
    expect(checkEntry({ ...good, data: { a: '€'.repeat(Math.ceil(fill / 3) + 1) } })).toBe('entry-too-large')
  })

  it('stops counting at the limit: values shared many times over cost no more', () => {
    expect(checkEntry({ ...good, data: { a: bomb } })).toBe('entry-too-large')
    expect(checkEntry({ ...good, data: { a: sparse(4_000_000_000) } })).toBe('entry-too-large')
  })

  it('counts exactly the bytes of the canonical body', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ maxLength: 9 }), fc.jsonValue({ maxDepth: 4 })),
        fc.nat(3),
        (data, counter) => {
          const entry = {
            ...good,
            data: { ...data, fill: '' } as Record<string, Json>,
            ...(counter > 0 && { counter }),
          }
          const fill = LIMITS.entryBytes - utf8Length(canonical(entry))
          expect(checkEntry({ ...entry, data: { ...data, fill: text(fill) } })).toHaveProperty('id')
          expect(checkEntry({ ...entry, data: { ...data, fill: text(fill + 1) } })).toBe('entry-too-large')
        },
      ),
      { numRuns: 30 },
    )
  })

  it('gives a copy that later changes to the original do not reach, and that nobody can change', () => {
    const original = structuredClone<{ data: { tags: unknown[] } }>({ ...good, data: { ...good.data, tags: [1] } })
    const entry = checkEntry(original)
    original.data.tags.push(2)
    expect(entry).toMatchObject({ data: { tags: [1] } })
    if (typeof entry === 'string') throw new Error(entry)
    const { tags } = entry.data
    expect([entry, entry.data, tags, entry.vectorClock].every(Object.isFrozen)).toBe(true)
  })

  it('leaves out a counter of 0 and turns -0 into 0: both would change on the way through JSON', () => {
    const entry = checkEntry({ ...good, counter: 0, timestamp: -0, data: { a: [-0] } })
    expect(entry).toStrictEqual({ ...good, timestamp: 0, data: { a: [0] } })
  })

  it('keeps __proto__ and constructor as fields and authors, and touches no prototype', () => {
    const hostile = `{"id":"__proto__","resourceType":"constructor","action":"update","timestamp":1,"peerId":"__proto__",
      "data":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}},"vectorClock":{"__proto__":1}}`
    const entry = checkEntry(JSON.parse(hostile))
    expect(JSON.stringify(entry)).toContain('"__proto__":{"polluted":true}')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    expect(typeof entry === 'object' && Object.getPrototypeOf(entry.data)).toBe(Object.prototype)
  })

  it('gives an entry or a fault code for anything at all', () => {
    const field = fc.oneof(fc.anything(), fc.constantFrom('ana', 'update', 1, {}, { ana: 1 }))
    const shape = fc.record({
      id: field,
      resourceType: field,
      action: field,
      data: field,
      timestamp: field,
      peerId: field,
      vectorClock: field,
    })
    fc.assert(
      fc.property(fc.oneof(fc.anything({ withNullPrototype: true }), shape), (anything) => {
        const entry = checkEntry(anything)
        expect(isFaultCode(entry) || checkEntry(entry)).toEqual(isFaultCode(entry) || entry)
      }),
    )
  })
})

const codeOf = (value: unknown): unknown => {
  try {
    return checkInput(value)
  } catch (error) {
    return error instanceof FieldmeshError ? error.code : error
  }
}

describe('checkInput', () => {
  it('gives a frozen copy', () => {
    const copy = checkInput(input)
    expect(copy).toStrictEqual(input)
    expect([copy, copy.data].every(Object.isFrozen)).toBe(true)
  })

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'entry-malformed'],
    ['a missing field', { ...input, data: undefined }, 'entry-malformed'],
    ['an unknown field', { ...input, timestamp: 1 }, 'entry-malformed'],
    ['a delete with data', { ...input, action: 'delete' }, 'entry-malformed'],
    ['$alive', { ...input, data: { $alive: true } }, 'entry-malformed'],
    ['too many bytes', { ...input, data: { a: text(LIMITS.entryBytes) } }, 'entry-too-large'],
    ['too many levels', { ...input, data: { a: nested(32) } }, 'entry-too-deep'],
  ])('throws a FieldmeshError for %s', (_, value, code) => {
    expect(codeOf(value)).toBe(code)
  })

  it('says which field is wrong', () => {
    expect(() => checkInput({ ...input, id: '' })).toThrow(/id is not a string of 1 to 256/)
    expect(() => checkInput({ ...input, colour: 1 })).toThrow(/unknown field colour/)
  })
})
