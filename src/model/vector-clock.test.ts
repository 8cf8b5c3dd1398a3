import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FieldmeshError } from './fault.ts'
import { setOwn } from './plain-object.ts'
import { VectorClock } from './vector-clock.ts'

const author = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', '0')
const clock = fc
  .array(fc.tuple(author, fc.nat({ max: 3 })), { maxLength: 6 })
  .map((pairs) => new VectorClock(new Map(pairs)))

const codeOf = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    return error instanceof FieldmeshError ? error.code : error
  }
}

describe('VectorClock', () => {
  it('counts an author up by one per tick and names nobody else', () => {
    const ticked = new VectorClock().tick('a').tick('a').tick('b')
    expect([ticked.get('a'), ticked.get('b'), ticked.get('c'), ticked.size]).toEqual([2, 1, 0, 2])
  })

  it('returns itself from tick, set and merge', () => {
    const one = new VectorClock()
    expect([one.tick('a'), one.set('b', 2), one.merge(new VectorClock())]).toEqual([one, one, one])
    expect(one.tick('a')).toBe(one)
    expect(one.merge(one)).toBe(one)
  })

  it('refuses to count past the largest safe integer', () => {
    const last = new VectorClock({ a: Number.MAX_SAFE_INTEGER })
    expect(codeOf(() => last.tick('a'))).toBe('vector-clock-malformed')
    expect(last.get('a')).toBe(Number.MAX_SAFE_INTEGER)
  })

  it('merges to the larger seq of every author and leaves the other as it is', () => {
    const one = new VectorClock({ a: 3, b: 1 })
    const other = new VectorClock({ b: 2, c: 1 })
    expect(one.merge(other).toJSON()).toEqual({ a: 3, b: 2, c: 1 })
    expect(other.toJSON()).toEqual({ b: 2, c: 1 })
  })

  it('merges commutatively, associatively and idempotently', () => {
    fc.assert(
      fc.property(clock, clock, clock, (a, b, c) => {
        expect(a.clone().merge(b).toJSON()).toEqual(b.clone().merge(a).toJSON())
        expect(a.clone().merge(b).merge(c).toJSON()).toEqual(a.clone().merge(b.clone().merge(c)).toJSON())
        expect(a.clone().merge(a).toJSON()).toEqual(a.toJSON())
      }),
    )
  })

  it('compares as before, after, equal and concurrent', () => {
    const one = new VectorClock({ a: 1, b: 1 })
    expect(one.compare(one.clone().tick('a'))).toBe('before')
    expect(one.clone().tick('c').compare(one)).toBe('after')
    expect(one.compare(new VectorClock({ b: 1, a: 1 }))).toBe('equal')
    expect(one.clone().tick('a').compare(one.clone().tick('b'))).toBe('concurrent')
  })

  it('takes an absent author as 0: an empty clock is before any that counted, and equal to zeros', () => {
    const empty = new VectorClock()
    expect(empty.compare(new VectorClock())).toBe('equal')
    expect(empty.compare(new VectorClock({ a: 1 }))).toBe('before')
    expect(empty.compare(new VectorClock({ a: 0 }))).toBe('equal')
    expect([empty.size, [...empty], empty.toJSON()]).toEqual([0, [], {}])
  })

  it('compares as the definition says, and the other way round as its mirror', () => {
    const mirror = { before: 'after', after: 'before', equal: 'equal', concurrent: 'concurrent' } as const
    fc.assert(
      fc.property(clock, clock, (a, b) => {
        const names = [...a, ...b].map(([name]) => name)
        const [le, ge] = [names.every((n) => a.get(n) <= b.get(n)), names.every((n) => a.get(n) >= b.get(n))]
        const order = le ? (ge ? 'equal' : 'before') : ge ? 'after' : 'concurrent'
        expect(a.compare(b)).toBe(order)
        expect(b.compare(a)).toBe(mirror[order])
        expect(a.compare(a.clone().merge(b))).toMatch(/before|equal/)
      }),
    )
  })

  it('clones independently, both ways', () => {
    const one = new VectorClock({ a: 1 })
    const copy = one.clone()
    one.tick('a')
    copy.tick('b')
    expect([one.toJSON(), copy.toJSON()]).toEqual([{ a: 2 }, { a: 1, b: 1 }])
  })

  it('keeps no tie to what it was made from or turned into', () => {
    const source = new Map([['a', 1]])
    const one = new VectorClock(source)
    source.set('a', 9)
    setOwn(one.toJSON(), 'a', 9)
    expect(one.get('a')).toBe(1)
  })

  it('gives sorted plain JSON that reads back as an equal clock', () => {
    expect(Object.keys(new VectorClock({ b: 1, ä: 1, B: 1, a: 1 }).toJSON())).toEqual(['B', 'a', 'b', 'ä'])
    fc.assert(
      fc.property(clock, (one) => {
        const back = VectorClock.fromJSON(JSON.parse(JSON.stringify(one)))
        expect(back.compare(one)).toBe('equal')
        expect(JSON.stringify(back)).toBe(JSON.stringify(one))
        expect(Object.getPrototypeOf(one.toJSON())).toBe(Object.prototype)
      }),
    )
  })

  it('takes __proto__ as an author and lets it touch no prototype', () => {
    const one = VectorClock.fromJSON(JSON.parse('{"__proto__":7,"constructor":2}'))
    expect([one.get('__proto__'), one.get('constructor'), one.get('toString'), one.size]).toEqual([7, 2, 0, 2])
    expect(JSON.stringify(one)).toBe('{"__proto__":7,"constructor":2}')
    expect(Object.hasOwn(Object.prototype, '7')).toBe(false)
  })

  it('iterates pairs of author and seq', () => {
    expect([
      ...new VectorClock([
        ['b', 2],
        ['a', 1],
      ]),
    ]).toEqual([
      ['b', 2],
      ['a', 1],
    ])
    expect(new Map(new VectorClock({ a: 1 }))).toEqual(new Map([['a', 1]]))
  })

  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a number', 1],
    ['text', 'a'],
    ['an array', []],
    ['an array of pairs', [['a', 1]]],
    ['a Map', new Map([['a', 1]])],
    ['a VectorClock', new VectorClock({ a: 1 })],
    ['a Date', new Date(0)],
    ['a negative seq', { a: -1 }],
    ['a fraction', { a: 1.5 }],
    ['NaN', { a: Number.NaN }],
    ['Infinity', { a: Number.POSITIVE_INFINITY }],
    ['an unsafe integer', { a: 2 ** 53 }],
    ['a seq in text', { a: '1' }],
    ['a seq of null', { a: null }],
    ['a nested clock', { a: { b: 1 } }],
    ['a bigint', { a: 1n }],
    ['one bad seq among good ones', { a: 1, b: 2, c: true }],
    [
      'a getter that throws',
      {
        get a() {
          throw new Error('boo')
        },
      },
    ],
    [
      'a proxy that throws',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('boo')
          },
        },
      ),
    ],
  ])('refuses %s as JSON', (_, json) => {
    expect(codeOf(() => VectorClock.fromJSON(json))).toBe('vector-clock-malformed')
  })

  it('reads anything JSON can hold, or throws a FieldmeshError and nothing else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const read = codeOf(() => VectorClock.fromJSON(json))
        expect(read instanceof VectorClock || read === 'vector-clock-malformed').toBe(true)
      }),
    )
  })

  it('turns -0 into 0, as JSON does', () => {
    expect(Object.is(VectorClock.fromJSON({ a: -0 }).get('a'), 0)).toBe(true)
  })
})
