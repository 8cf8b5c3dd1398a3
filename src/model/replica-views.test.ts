import { describe, expect, it } from 'vitest'
import type { Json } from './entry.ts'
import { getOwn } from './plain-object.ts'
import type { ReplicaCore } from './replica.ts'
import { entryOf, remove, replicaAt, update } from './replica.testing.ts'

const read = (replica: ReplicaCore) => replica.record('reading', 'm-17')
const fieldOf = (replica: ReplicaCore, field: string) => getOwn(read(replica)?.fields ?? {}, field)
const exchange = (...replicas: ReplicaCore[]): void => {
  for (const a of replicas) for (const b of replicas) a.merge(b.since(a.versionVector()))
}

/** Two replicas that hold one record, `base`. */
const pair = (base: Readonly<Record<string, Json>>): [ReplicaCore, ReplicaCore] => {
  const [ana, ben] = [replicaAt('ana'), replicaAt('ben')]
  ana.write(update(base))
  exchange(ana, ben)
  return [ana, ben]
}

describe('a record', () => {
  it('is unknown until an entry of it is applied, and then has the values of all its writes', () => {
    const ana = replicaAt('ana')
    expect([read(ana), ana.records('reading'), ana.types()]).toEqual([undefined, [], []])
    ana.write(update({ kwh: 1, note: 'a' }))
    ana.write(update({ kwh: 2 }))
    expect(read(ana)).toStrictEqual({
      resourceType: 'reading',
      id: 'm-17',
      alive: true,
      fields: {
        kwh: { value: 2, dot: { peerId: 'ana', seq: 2 } },
        note: { value: 'a', dot: { peerId: 'ana', seq: 1 } },
      },
      value: { kwh: 2, note: 'a' },
    })
  })

  it('keeps both values of a concurrent edit, the same winner and list on both devices', () => {
    const [ana, ben] = pair({ kwh: 0 })
    ana.write(update({ kwh: 1 }))
    ben.write(update({ kwh: 2 }))
    exchange(ana, ben)
    const field = {
      value: 2,
      dot: { peerId: 'ben', seq: 1 },
      conflict: [{ value: 1, dot: { peerId: 'ana', seq: 2 }, timestamp: 1_000 }],
    }
    expect(read(ana)?.fields).toEqual({ kwh: field })
    expect(read(ben)).toEqual(read(ana))
    expect(ana.conflicts()).toEqual(ben.conflicts())
    expect(ana.conflicts()).toMatchObject([{ resourceType: 'reading', id: 'm-17', field: 'kwh' }])
  })

  it('is not in conflict where different fields were edited', () => {
    const [ana, ben] = pair({})
    ana.write(update({ kwh: 1 }))
    ben.write(update({ note: 'x' }))
    exchange(ana, ben)
    expect([read(ana)?.value, ana.conflicts()]).toEqual([{ kwh: 1, note: 'x' }, []])
  })

  it('is resolved by a write of someone who saw all values, and by nobody else', () => {
    const [ana, ben] = pair({})
    const cy = replicaAt('cy')
    ana.write(update({ kwh: 1 }))
    ben.write(update({ kwh: 2 }))
    exchange(ana, ben)
    ana.write(update({ kwh: 3 }))
    cy.write(update({ kwh: 4 }))
    exchange(ana, ben)
    expect([fieldOf(ben, 'kwh'), ben.conflicts()]).toEqual([{ value: 3, dot: { peerId: 'ana', seq: 3 } }, []])
    exchange(ana, ben, cy)
    expect(fieldOf(ben, 'kwh')?.conflict).toHaveLength(1)
  })

  it('collapses equal values, whatever the order of their keys, and lists the others best first', () => {
    const ana = replicaAt('ana')
    ana.merge([
      entryOf('p1', 1, { timestamp: 5, data: { f: { a: 1, b: 2 } } }),
      entryOf('p2', 1, { timestamp: 9, data: { f: { b: 2, a: 1 } } }),
      entryOf('p3', 1, { timestamp: 7, data: { f: 'x' } }),
      entryOf('p4', 1, { timestamp: 7, counter: 1, data: { f: 'y' } }),
      entryOf('P5', 1, { timestamp: 7, data: { f: 'z' } }),
      entryOf('p0', 1, { timestamp: 1, data: { f: 'x' } }),
    ])
    const field = fieldOf(ana, 'f')
    expect(field).toMatchObject({ value: { a: 1, b: 2 }, dot: { peerId: 'p2', seq: 1 } })
    expect(field?.conflict?.map(({ value, dot }) => [value, dot.peerId])).toEqual([
      ['y', 'p4'],
      ['x', 'p3'],
      ['z', 'P5'],
    ])
  })

  it('breaks ties by UTF-16 code units, not by locale', () => {
    const ana = replicaAt('ana')
    ana.merge(['a', 'Z', 'ä'].map((peerId) => entryOf(peerId, 1, { timestamp: 7, data: { f: peerId } })))
    expect(fieldOf(ana, 'f')?.value).toBe('ä')
    expect(fieldOf(ana, 'f')?.conflict?.map(({ value }) => value)).toEqual(['a', 'Z'])
  })

  it('is deleted by a delete that saw its edits, and keeps its values for an undelete', () => {
    const [ana, ben] = pair({ kwh: 1 })
    ana.write(remove())
    exchange(ana, ben)
    expect(read(ben)).toMatchObject({ alive: false, value: { kwh: 1 } })
    expect(read(ben)).not.toHaveProperty('editedWhileDeleted')
    expect(ben.records('reading')).toHaveLength(1)
    ben.write(update({}))
    expect(read(ben)).toMatchObject({ alive: true, value: { kwh: 1 } })
  })

  it('lives on if it was edited while deleted, says so, and asks a person', () => {
    const [ana, ben] = pair({ kwh: 1 })
    const deletion = ana.write(remove())
    ben.write(update({ kwh: 2 }))
    exchange(ana, ben)
    expect(read(ana)).toMatchObject({ alive: true, editedWhileDeleted: true, value: { kwh: 2 } })
    expect(read(ana)).toEqual(read(ben))
    expect(ana.conflicts()).toEqual([
      {
        resourceType: 'reading',
        id: 'm-17',
        field: '$alive',
        winner: { value: true, dot: { peerId: 'ben', seq: 1 }, timestamp: 1_000 },
        others: [{ value: false, dot: { peerId: 'ana', seq: 2 }, timestamp: deletion.timestamp }],
      },
    ])
    ben.write(remove())
    expect([read(ben)?.alive, ben.conflicts()]).toEqual([false, []])
  })

  it('wins alive against any number of later deletes', () => {
    const ana = replicaAt('ana')
    const deletes = ['p1', 'p2'].map((p) => entryOf(p, 1, { action: 'delete', data: {}, timestamp: 900_000 }))
    ana.merge([...deletes, entryOf('p0', 1, { timestamp: 1 })])
    expect(read(ana)).toMatchObject({ alive: true, editedWhileDeleted: true })
  })

  it('is off the list of conflicts once deleted, and back on it when undeleted', () => {
    const [ana, ben] = pair({})
    ana.write(update({ kwh: 1 }))
    ben.write(update({ kwh: 2 }))
    exchange(ana, ben)
    ana.write(remove())
    expect([ana.conflicts(), fieldOf(ana, 'kwh')?.conflict?.length]).toEqual([[], 1])
    ana.write(update({ note: 'x' }))
    expect(ana.conflicts().map(({ field }) => field)).toEqual(['kwh'])
  })

  it('may be called __proto__ and have fields so called', () => {
    const ana = replicaAt('__proto__')
    const data = JSON.parse('{"__proto__":{"x":1},"constructor":2}')
    const entry = ana.write({ id: '__proto__', resourceType: '__proto__', action: 'create', data })
    const ben = replicaAt('constructor')
    ben.merge([entry])
    ben.write({ id: '__proto__', resourceType: '__proto__', action: 'update', data: { toString: 1 } })
    expect(JSON.stringify(ben.record('__proto__', '__proto__')?.value)).toBe(
      '{"__proto__":{"x":1},"constructor":2,"toString":1}',
    )
    expect([ben.types(), ben.record('constructor', 'toString')]).toEqual([['__proto__'], undefined])
    expect(JSON.stringify(ben.versionVector())).toBe('{"__proto__":1,"constructor":1}')
  })
})

describe('lists', () => {
  it('have records by id in UTF-16 code units, whatever the order they came in', () => {
    const ana = replicaAt('ana')
    for (const id of ['b', 'ä', 'a', 'B']) ana.write(update({}, id))
    expect(ana.records('reading').map(({ id }) => id)).toEqual(['B', 'a', 'b', 'ä'])
    for (const id of ['10', '9', 'aa']) ana.write(update({}, id))
    expect(ana.records('reading').map(({ id }) => id)).toEqual(['10', '9', 'B', 'a', 'aa', 'b', 'ä'])
  })

  it('have conflicts by type, id and field', () => {
    const ana = replicaAt('ana')
    const places = [
      ['t', 'b', 'f'],
      ['t', 'a', 'g'],
      ['t', 'a', 'f'],
      ['T', 'z', 'f'],
    ] as const
    for (const [i, [resourceType, id, field]] of places.entries()) {
      ana.merge(['ben', 'cy'].map((p) => entryOf(p, i + 1, { resourceType, id, data: { [field]: p } })))
    }
    const listed = ana.conflicts().map(({ resourceType, id, field }) => [resourceType, id, field])
    expect(listed).toEqual([
      ['T', 'z', 'f'],
      ['t', 'a', 'f'],
      ['t', 'a', 'g'],
      ['t', 'b', 'f'],
    ])
  })

  it('and views are the same objects until something in them changes', () => {
    const ana = replicaAt('ana')
    ana.write(update({ kwh: 1 }))
    ana.write(update({ kwh: 1 }, 'other'))
    ana.merge([entryOf('ben', 1, { data: { kwh: 5 } })])
    const [list, conflicts] = [ana.records('reading'), ana.conflicts()]
    ana.merge([entryOf('cy', 1, { resourceType: 'note' })])
    expect([ana.records('reading') === list, ana.conflicts() === conflicts]).toEqual([true, true])
    ana.write(update({ kwh: 2 }, 'other'))
    expect(ana.records('reading')).not.toBe(list)
    expect([ana.records('reading')[0] === list[0], ana.records('reading')[1] === list[1]]).toEqual([true, false])
    expect(ana.conflicts()).toBe(conflicts)
    expect(conflicts).toHaveLength(1)
    ana.write(update({ kwh: 3 }))
    const none = ana.conflicts()
    expect(none).toEqual([])
    ana.write(update({ kwh: 4 }))
    expect(ana.conflicts()).toBe(none)
    expect(ana.records('none')).toBe(ana.records('nothing'))
  })

  it('and views cannot be changed by who reads them', () => {
    const ana = replicaAt('ana')
    ana.merge(['ben', 'cy'].map((p) => entryOf(p, 1, { data: { f: { p } } })))
    const view = read(ana)
    const field = fieldOf(ana, 'f')
    const parts = [
      view,
      view?.fields,
      view?.value,
      field?.value,
      field,
      field?.dot,
      field?.conflict,
      field?.conflict?.[0],
      ana.conflicts()[0],
    ]
    expect(parts.every((part) => typeof part === 'object' && Object.isFrozen(part))).toBe(true)
  })
})
