import { describe, expect, it } from 'vitest'
import { isReservedType, refuseReservedType } from './reserved-type.ts'
import { codeOf, entryOf, logOf, replicaAt, update } from './replica.testing.ts'
import { VectorClock } from './vector-clock.ts'

const byBen = ({ peerId }: { readonly peerId: string }): boolean => peerId === 'ben'

describe('entries out of force', () => {
  it('are held and passed on, and in no view', () => {
    const ana = replicaAt('ana')
    ana.enforce((entry) => !byBen(entry))
    const entries = [...logOf('ben', 2), ...logOf('cy', 1)]
    expect(ana.merge(entries).applied).toHaveLength(3)
    expect(ana.records('reading').map(({ id }) => id)).toEqual(['r-1'])
    expect(ana.record('reading', 'r-2')).toBeUndefined()
    expect([ana.size, ana.versionVector().toJSON()]).toEqual([3, { ben: 2, cy: 1 }])
    expect(ana.since(new VectorClock())).toEqual(entries)
    expect([ana.quarantinedCount, ana.quarantined()]).toEqual([
      2,
      [
        { peerId: 'ben', seq: 1 },
        { peerId: 'ben', seq: 2 },
      ],
    ])
  })

  it('come back with the record that they were alone in, and its type', () => {
    const ana = replicaAt('ana')
    ana.merge(logOf('ben', 2))
    const views = ana.records('reading')
    expect(ana.enforce(() => false)).toEqual(new Set(['reading']))
    expect([ana.types(), ana.records('reading'), ana.record('reading', 'r-1')]).toEqual([[], [], undefined])
    expect(ana.enforce(undefined)).toEqual(new Set(['reading']))
    expect([ana.types(), ana.records('reading'), ana.quarantined()]).toEqual([['reading'], views, []])
  })

  it('neither win nor conflict, and the one that they had beaten is seen again', () => {
    const ana = replicaAt('ana')
    ana.merge([
      entryOf('ben', 1, { data: { kwh: 1 } }),
      entryOf('cy', 1, { data: { kwh: 2 }, vectorClock: { ben: 1 } }),
      entryOf('dee', 1, { data: { kwh: 3 }, vectorClock: { ben: 1 } }),
    ])
    expect(ana.conflicts()).toHaveLength(1)
    ana.enforce(({ peerId }) => peerId !== 'dee')
    expect([ana.conflicts(), ana.record('reading', 'm-17')?.value]).toEqual([[], { kwh: 2 }])
    ana.enforce(byBen)
    expect(ana.record('reading', 'm-17')?.value).toEqual({ kwh: 1 })
    ana.enforce(undefined)
    expect(ana.conflicts()).toHaveLength(1)
  })

  it('are nothing that a writer has seen: who comes back into force is in conflict with what was written meanwhile', () => {
    const ana = replicaAt('ana')
    ana.merge([
      entryOf('ben', 1, { data: { kwh: 1 } }),
      entryOf('ben', 2, { id: 'r-2' }),
      entryOf('cy', 1, { id: 'r-2' }),
    ])
    ana.enforce((entry) => !byBen(entry))
    expect(ana.write(update({ kwh: 2 })).vectorClock).toEqual({ ana: 1 })
    expect(ana.write(update({ kwh: 3 }, 'r-2')).vectorClock).toEqual({ ana: 2, cy: 1 })
    ana.enforce(undefined)
    expect(ana.conflicts().map(({ id, field, others }) => [id, field, others.length])).toEqual([
      ['m-17', 'kwh', 1],
      ['r-2', 'kwh', 1],
    ])
  })

  it('are judged once each as they come, and nothing is made anew by a judgment that changes nothing', () => {
    const ana = replicaAt('ana')
    let asked = 0
    const judgment = () => {
      asked += 1
      return true
    }
    ana.enforce(judgment)
    ana.merge(logOf('ben', 100))
    expect(asked).toBe(100)
    const views = ana.records('reading')
    expect([ana.enforce(judgment, ['cy', 'nobody']), asked]).toEqual([new Set(), 100])
    expect([ana.enforce(judgment), asked]).toEqual([new Set(), 200])
    expect(ana.records('reading')).toBe(views)
  })

  it('wait at the causal gate like others, and open it for others', () => {
    const ana = replicaAt('ana')
    ana.enforce((entry) => !byBen(entry))
    ana.merge([entryOf('cy', 1, { vectorClock: { ben: 2 } }), entryOf('ben', 2)])
    expect([ana.waiting, ana.quarantinedCount]).toEqual([2, 0])
    ana.merge([entryOf('ben', 1)])
    expect([ana.waiting, ana.quarantinedCount, ana.record('reading', 'm-17')?.value]).toEqual([0, 2, { kwh: 1 }])
  })
})

describe('reserved types', () => {
  const member = (peerId: string) => entryOf(peerId, 1, { resourceType: '$member', id: 'x', data: { op: peerId } })

  it('are seen by those alone who ask for them by name, and are no conflict of a person’s', () => {
    const ana = replicaAt('ana')
    ana.merge([member('ben'), member('cy'), entryOf('dee', 1)])
    expect([ana.types(), ana.conflicts()]).toEqual([['reading'], []])
    expect(ana.records('$member').map(({ id }) => id)).toEqual(['x'])
    expect(ana.record('$member', 'x')).toMatchObject({ fields: { op: { conflict: [{}] } } })
  })

  it.each(['$member', '$', '$other'])('%s is no application’s', (type) => {
    expect(isReservedType(type)).toBe(true)
    expect(codeOf(() => refuseReservedType(type))).toBe('options-invalid')
  })

  it.each(['member', 'a$', '', undefined, 7])('%s is left to others to judge', (type) => {
    expect(refuseReservedType(type)).toBeUndefined()
  })
})
