import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry, Json } from '#model/entry'
import { createReplica, type ReplicaCore } from '#model/replica'
import { VectorClock } from '#model/vector-clock'
import { maximalWrites, readEntries, sortedText } from './oracle.ts'

const entry = (peerId: string, seq: number, data: Record<string, Json>, more: Partial<Entry> = {}): Entry => ({
  id: 'm-17',
  resourceType: 'reading',
  action: 'update',
  data,
  timestamp: 1_000 + seq,
  peerId,
  ...more,
  vectorClock: { ...more.vectorClock, [peerId]: seq },
})

describe('the oracle reads entries by the definition', () => {
  test('of concurrent writes the latest wins and the others stay, best first', () => {
    const { records, conflicts } = readEntries([
      entry('a', 1, { kwh: 1 }, { timestamp: 5 }),
      entry('b', 1, { kwh: 2 }, { timestamp: 7 }),
      entry('c', 1, { kwh: 3 }, { timestamp: 6 }),
    ])
    const others = [
      { value: 3, dot: { peerId: 'c', seq: 1 }, timestamp: 6 },
      { value: 1, dot: { peerId: 'a', seq: 1 }, timestamp: 5 },
    ]
    expect(records).toEqual([
      {
        resourceType: 'reading',
        id: 'm-17',
        alive: true,
        fields: { kwh: { value: 2, dot: { peerId: 'b', seq: 1 }, conflict: others } },
        value: { kwh: 2 },
      },
    ])
    expect(conflicts).toEqual([
      {
        resourceType: 'reading',
        id: 'm-17',
        field: 'kwh',
        winner: { value: 2, dot: { peerId: 'b', seq: 1 }, timestamp: 7 },
        others,
      },
    ])
  })

  test('of writes of the same moment the larger counter wins, then the larger author', () => {
    const winner = (...entries: Entry[]) => readEntries(entries).records[0]?.value
    const a = entry('a', 1, { kwh: 'a' }, { timestamp: 5, counter: 1 })
    const b = entry('b', 1, { kwh: 'b' }, { timestamp: 5 })
    const c = entry('c', 1, { kwh: 'c' }, { timestamp: 5 })
    expect(winner(a, b, c)).toEqual({ kwh: 'a' })
    expect(winner(c, b)).toEqual({ kwh: 'c' })
  })

  test('equal values are one, and what was seen is beaten', () => {
    const { conflicts, records } = readEntries([
      entry('a', 1, { kwh: 1, note: 'x' }),
      entry('b', 1, { kwh: 1 }),
      entry('b', 2, { note: 'y' }, { vectorClock: { a: 1 } }),
    ])
    expect(conflicts).toEqual([])
    expect(records[0]?.value).toEqual({ kwh: 1, note: 'y' })
  })

  test('what lacks something it builds on is held back, and what builds on that too', () => {
    const { applied, heldBack, vector } = readEntries([
      entry('a', 2, { kwh: 2 }),
      entry('b', 1, { kwh: 3 }, { vectorClock: { a: 2 } }),
      entry('c', 1, { kwh: 4 }),
    ])
    expect(applied.map(({ peerId }) => peerId)).toEqual(['c'])
    expect(heldBack.map(({ peerId }) => peerId)).toEqual(['a', 'b'])
    expect([...vector]).toEqual([['c', 1]])
  })

  test('an edit beside a deletion keeps the record and says so; a deletion that saw it all does not', () => {
    const edit = entry('a', 1, { kwh: 1 })
    const beside = entry('b', 1, {}, { action: 'delete', timestamp: 9_000 })
    const after = entry('b', 1, {}, { action: 'delete', vectorClock: { a: 1 } })
    const { records, conflicts } = readEntries([edit, beside])
    expect(records[0]).toMatchObject({ alive: true, editedWhileDeleted: true, value: { kwh: 1 } })
    expect(conflicts).toMatchObject([{ field: '$alive', winner: { value: true }, others: [{ value: false }] }])
    expect(readEntries([edit, after])).toMatchObject({ records: [{ alive: false }], conflicts: [] })
  })

  test('of two entries at one place the first counts, its author is frozen, others are not', () => {
    const { applied, forked } = readEntries([
      entry('a', 1, { kwh: 1 }),
      entry('a', 1, { kwh: 2 }),
      entry('a', 2, { kwh: 3 }),
      entry('b', 1, { kwh: 4 }),
    ])
    expect(applied.map(({ data }) => data['kwh'])).toEqual([1, 4])
    expect(forked).toEqual(['a'])
  })

  test('maximal writes need no gate', () => {
    const [, seen, other] = [entry('a', 1, { kwh: 1 }), entry('a', 2, { kwh: 2 }), entry('b', 3, { note: 1 })]
    const maximal = maximalWrites([entry('a', 1, { kwh: 1 }), seen as Entry, other as Entry])
    expect(maximal.get('kwh')).toEqual([seen])
    expect(maximal.get('$alive')).toEqual([other, seen])
  })

  test('names that are properties of every object are names like others', () => {
    const odd = { ...entry('a', 1, {}), data: JSON.parse('{"__proto__":1,"constructor":2}') as Record<string, Json> }
    expect(Object.keys(readEntries([odd]).records[0]?.value ?? {})).toEqual(['__proto__', 'constructor'])
    expect(sortedText({ b: [1, { d: 1, c: 2 }], a: 0 })).toBe('{"a":0,"b":[1,{"c":2,"d":1}]}')
  })
})

describe('the oracle and the replica, written apart, agree', () => {
  const step = fc.record({
    by: fc.nat({ max: 3 }),
    from: fc.nat({ max: 3 }),
    does: fc.constantFrom('put', 'put', 'remove', 'merge', 'merge'),
    id: fc.constantFrom('x', 'y'),
    field: fc.constantFrom('f', 'g'),
    value: fc.nat({ max: 2 }),
    ms: fc.nat({ max: 2 }),
  })

  test('in any history, also where the oracle sees the entries in another order', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        let wall = 1_000
        const devices = ['d', 'a', 'c', 'b'].map((peerId) => createReplica({ peerId, now: () => wall }))
        for (const { by, from, does, id, field, value, ms } of steps) {
          wall += ms
          const device = devices[by] as ReplicaCore
          if (does === 'merge') device.merge((devices[from] as ReplicaCore).since(new VectorClock()))
          else if (does === 'put') device.write({ id, resourceType: 't', action: 'update', data: { [field]: value } })
          else device.write({ id, resourceType: 't', action: 'delete', data: {} })
        }
        for (const device of devices) {
          const entries = device.since(new VectorClock())
          const reading = readEntries(entries.toReversed())
          expect(reading.records).toEqual(device.records('t'))
          expect(reading.conflicts).toEqual(device.conflicts())
          expect(Object.fromEntries(reading.vector)).toEqual(device.versionVector().toJSON())
        }
      }),
      { numRuns: 300 },
    )
  })
})
