import { describe, expect, it } from 'vitest'
import { seqOf } from './entry-dot.ts'
import { codeOf, entryOf, logOf, replicaAt, update } from './replica.testing.ts'
import { VectorClock } from './vector-clock.ts'

const stateOf = (replica: ReturnType<typeof replicaAt>) =>
  JSON.stringify([replica.size, replica.waiting, replica.versionVector(), replica.records('reading'), replica.forks()])

describe('a draft', () => {
  it('changes nothing until it is committed: one that could not be stored leaves no gap', () => {
    const ana = replicaAt('ana')
    const before = stateOf(ana)
    const lost = ana.draft([update({ kwh: 1 })])
    expect(stateOf(ana)).toBe(before)
    const kept = ana.draft([update({ kwh: 2 })])
    expect([lost[0]?.vectorClock, kept[0]?.vectorClock, kept[0]?.counter]).toEqual([{ ana: 1 }, { ana: 1 }, undefined])
    ana.commit(ana.plan(kept))
    expect(ana.record('reading', 'm-17')?.value).toEqual({ kwh: 2 })
  })

  it('of several writes gives each the next seq and a later time, and the later ones have seen the earlier', () => {
    const ana = replicaAt('ana')
    const drafts = ana.draft([update({ kwh: 1 }), update({ kwh: 2 }), update({ kwh: 3 }, 'other')])
    expect(drafts.map((draft) => [seqOf(draft), draft.counter])).toEqual([
      [1, undefined],
      [2, 1],
      [3, 2],
    ])
    ana.commit(ana.plan(drafts))
    expect([ana.record('reading', 'm-17')?.value, ana.conflicts(), ana.size]).toEqual([{ kwh: 2 }, [], 3])
    expect(ana.entry({ peerId: 'ana', seq: 1 })).toBe(drafts[0])
    expect(ana.write(update({}))).toMatchObject({ vectorClock: { ana: 4 }, counter: 3 })
  })

  it('with one bad input among good ones makes none', () => {
    const ana = replicaAt('ana')
    expect(codeOf(() => ana.draft([update({}), update({ $alive: 1 })]))).toBe('entry-malformed')
    expect(ana.write(update({})).vectorClock).toEqual({ ana: 1 })
  })

  it('cannot be planned after another took its place', () => {
    const ana = replicaAt('ana')
    const [first, second] = [ana.draft([update({ kwh: 1 })]), ana.draft([update({ kwh: 2 })])]
    ana.commit(ana.plan(first))
    expect(codeOf(() => ana.plan(second))).toBe('internal')
    expect(codeOf(() => ana.plan([...ana.draft([update({}), update({})])].toReversed()))).toBe('internal')
    expect([ana.plan(first).duplicate.length, ana.forks()]).toEqual([1, []])
  })
})

describe('a plan', () => {
  it('says in causal order what would be applied, formerly waiting entries included, and changes nothing', () => {
    const ana = replicaAt('ana')
    const [one, two, three] = logOf('ben', 3)
    ana.merge([two])
    const before = stateOf(ana)
    const plan = ana.plan([three, one, one, 'x', entryOf('cy', 2), { ...one, id: 'fork' }])
    expect(stateOf(ana)).toBe(before)
    expect(plan.apply).toEqual([one, two, three])
    expect(plan.wait).toEqual([entryOf('cy', 2)])
    expect(plan.duplicate).toEqual([{ peerId: 'ben', seq: 1 }])
    expect(plan.refused.map(({ fault }) => fault)).toEqual(['entry-malformed', 'author-forked'])
    expect(plan.forks).toMatchObject([{ peerId: 'ben', seq: 1, held: one, other: { id: 'fork' } }])
  })

  it('may be made many times and committed once', () => {
    const ana = replicaAt('ana')
    const plans = [ana.plan([entryOf('ben', 1)]), ana.plan([entryOf('ben', 1)])] as const
    ana.commit(plans[0])
    expect(codeOf(() => ana.commit(plans[1]))).toBe('internal')
    expect(codeOf(() => ana.commit(plans[0]))).toBe('internal')
    expect(ana.size).toBe(1)
  })

  it('committed is the same as a merge', () => {
    const entries = [...logOf('ben', 5).toReversed(), entryOf('cy', 2), ...logOf('dee', 3)]
    const [ana, also] = [replicaAt('ana'), replicaAt('ana')]
    ana.merge(entries)
    also.commit(also.plan(entries))
    expect(stateOf(also)).toBe(stateOf(ana))
    expect(also.since(new VectorClock())).toEqual(ana.since(new VectorClock()))
  })
})
