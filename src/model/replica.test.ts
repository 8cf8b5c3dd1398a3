import { describe, expect, it } from 'vitest'
import type { Entry, EntryInput } from './entry.ts'
import { seqOf } from './entry-dot.ts'
import { LIMITS } from './limits.ts'
import { createReplica } from './replica.ts'
import { codeOf, entryOf, logOf, remove, replicaAt, update } from './replica.testing.ts'
import { VectorClock } from './vector-clock.ts'

describe('writing', () => {
  it('makes an entry with the next seq, the time, and the clock of its record', () => {
    const ana = replicaAt('ana')
    const ben = replicaAt('ben')
    expect(ana.write(update({ kwh: 1 }))).toStrictEqual({
      ...update({ kwh: 1 }),
      timestamp: 1_000,
      peerId: 'ana',
      vectorClock: { ana: 1 },
    })
    ben.merge(ana.since(ben.versionVector()))
    expect(ben.write(update({ kwh: 2 })).vectorClock).toEqual({ ana: 1, ben: 1 })
    expect(ben.write(update({ kwh: 3 }, 'other')).vectorClock).toEqual({ ben: 2 })
    expect(ben.write(update({ kwh: 4 })).vectorClock).toEqual({ ana: 1, ben: 3 })
  })

  it('counts writes of the same millisecond, and never goes back with the wall clock', () => {
    let wall = 1_000
    const ana = createReplica({ peerId: 'ana', now: () => wall })
    const entries = [1_000, 1_000, 5, 1_001].map((time) => {
      wall = time
      return ana.write(update({}))
    })
    const times = entries.map(({ timestamp, counter }) => [timestamp, counter])
    expect(times).toEqual([
      [1_000, undefined],
      [1_000, 1],
      [1_000, 2],
      [1_001, undefined],
    ])
  })

  it('comes after everything seen, up to 5 minutes ahead', () => {
    const ana = replicaAt('ana')
    ana.merge([entryOf('ben', 1, { timestamp: 200_000, counter: 3 })])
    expect(ana.write(update({}))).toMatchObject({ timestamp: 200_000, counter: 4 })
  })

  it('keeps the values as they were given: later changes to them reach neither log nor view', () => {
    const ana = replicaAt('ana')
    const tags = ['a']
    const entry = ana.write(update({ tags }))
    tags.push('b')
    expect(entry.data).toEqual({ tags: ['a'] })
    expect(ana.record('reading', 'm-17')?.value).toEqual({ tags: ['a'] })
  })

  it('throws for bad input and changes nothing', () => {
    const ana = replicaAt('ana')
    expect(codeOf(() => ana.write({ ...update({}), id: '' }))).toBe('entry-malformed')
    expect(codeOf(() => ana.write(update({ note: 'x'.repeat(LIMITS.entryBytes) })))).toBe('entry-too-large')
    expect(codeOf(() => ana.write(undefined as never))).toBe('entry-malformed')
    expect(codeOf(() => ana.write({ ...update({}), timestamp: 5 } as EntryInput))).toBe('entry-malformed')
    expect(codeOf(() => ana.draft(update({}) as never))).toBe('entry-malformed')
    expect([ana.size, ana.write(update({})).vectorClock]).toEqual([0, { ana: 1 }])
  })

  it('refuses what would be too large only with its clock, or have too many authors in it', () => {
    const ana = replicaAt('ana')
    const crowd = Array.from({ length: LIMITS.clockAuthors }, (_, i) => entryOf(`p${i}`, 1))
    expect(ana.merge(crowd).refused).toEqual([])
    expect(codeOf(() => ana.write(update({})))).toBe('entry-bad-clock')
    expect(ana.write(update({}, 'other')).vectorClock).toEqual({ ana: 1 })
  })

  it.each([[''], ['x'.repeat(257)], [undefined], [7]])('needs a peerId of 1 to 256 characters, not %s', (peerId) => {
    expect(codeOf(() => createReplica({ peerId: peerId as string }))).toBe('options-invalid')
    expect(codeOf(() => createReplica({ peerId: 'ana', now: 5 as never }))).toBe('options-invalid')
  })

  it('throws when its own clock has run past its range', () => {
    const ana = replicaAt('ana')
    ana.merge([entryOf('ana', 1, { timestamp: Number.MAX_SAFE_INTEGER, counter: 0xffff })])
    expect(codeOf(() => ana.write(update({})))).toBe('hlc-exhausted')
  })
})

describe('merging', () => {
  it('sorts what it is given into applied, duplicate, waiting and refused', () => {
    const ana = replicaAt('ana')
    const [one, two, three] = logOf('ben', 3)
    ana.merge([one])
    expect(ana.merge([one, three, { no: 'entry' }, two, 7])).toEqual({
      applied: [
        { peerId: 'ben', seq: 2 },
        { peerId: 'ben', seq: 3 },
      ],
      duplicate: [{ peerId: 'ben', seq: 1 }],
      waiting: [],
      refused: [
        { entry: { no: 'entry' }, fault: 'entry-malformed' },
        { entry: 7, fault: 'entry-malformed' },
      ],
    })
  })

  it('holds an entry back until its author’s previous one is there', () => {
    const ana = replicaAt('ana')
    const [one, two] = logOf('ben', 2)
    expect(ana.merge([two]).waiting).toEqual([{ peerId: 'ben', seq: 2 }])
    expect([ana.size, ana.waiting, ana.record('reading', 'r-2')]).toEqual([0, 1, undefined])
    expect(ana.merge([two]).duplicate).toEqual([{ peerId: 'ben', seq: 2 }])
    expect(ana.waitingClock().toJSON()).toEqual({ ben: 1 })
    expect(ana.merge([one]).applied).toEqual([
      { peerId: 'ben', seq: 1 },
      { peerId: 'ben', seq: 2 },
    ])
    expect([ana.size, ana.waiting, ana.waitingClock().size]).toEqual([2, 0, 0])
  })

  it('holds an entry back until everything its author had seen is there, and what waits for it too', () => {
    const ana = replicaAt('ana')
    const [one, two] = logOf('ben', 2)
    const reply = entryOf('cy', 1, { vectorClock: { ben: 2 } })
    const echo = entryOf('dee', 1, { vectorClock: { cy: 1, ben: 2 } })
    expect(ana.merge([echo, reply, two]).waiting).toHaveLength(3)
    expect(ana.waitingClock().toJSON()).toEqual({ ben: 2, cy: 1 })
    expect(ana.merge([one]).applied.map(({ peerId }) => peerId)).toEqual(['ben', 'ben', 'cy', 'dee'])
  })

  it('moves an entry that lacks several from one to the next', () => {
    const ana = replicaAt('ana')
    const last = entryOf('dee', 1, { vectorClock: { ben: 1, cy: 1 } })
    ana.merge([last])
    expect(ana.merge([entryOf('cy', 1)]).applied).toHaveLength(1)
    expect(ana.merge([entryOf('ben', 1)]).applied).toHaveLength(2)
  })

  it('never applies two entries that each claim to have seen the other', () => {
    const ana = replicaAt('ana')
    const loop = [entryOf('ben', 1, { vectorClock: { cy: 1 } }), entryOf('cy', 1, { vectorClock: { ben: 1 } })]
    expect(ana.merge(loop).waiting).toHaveLength(2)
    expect(ana.size).toBe(0)
  })

  it('does not reject an entry for its time; it flags the author and does not adopt the time', () => {
    const ana = replicaAt('ana')
    expect(ana.merge([entryOf('ben', 1, { timestamp: 1_000 + LIMITS.clockAheadMs + 1 })]).applied).toHaveLength(1)
    expect(ana.record('reading', 'm-17')?.value).toEqual({ kwh: 1 })
    expect(ana.clockSuspects()).toEqual(['ben'])
    expect(ana.write(update({})).timestamp).toBe(1_000)
    ana.merge([entryOf('ben', 2, { timestamp: 1_000 })])
    expect(ana.clockSuspects()).toEqual([])
  })

  it('throws for what is no iterable', () => {
    expect(codeOf(() => replicaAt('ana').merge(undefined as never))).toBe('entry-malformed')
  })

  it('takes the entries of a generator, and the same entry twice in one call', () => {
    const ana = replicaAt('ana')
    const entry = entryOf('ben', 1)
    function* twice(): Generator<Entry> {
      yield entry
      yield structuredClone(entry)
    }
    expect(ana.merge(twice())).toMatchObject({ applied: [{ seq: 1 }], duplicate: [{ seq: 1 }] })
  })
})

describe('since', () => {
  const three = ['ana', 'ben', 'cy'].map((peerId) => replicaAt(peerId))

  it('gives exactly what a vector lacks, in an order that another replica can apply one by one', () => {
    for (let round = 0; round < 20; round++) {
      for (const [i, replica] of three.entries()) {
        const friend = three[(i + round) % 3]
        if (friend) replica.merge(friend.since(replica.versionVector()))
        replica.write(update({ round }, `r-${round % 4}`))
      }
    }
    const [ana] = three
    if (!ana) throw new Error('no replica')
    for (const ben of [0, 1, 7, 99]) {
      const other = replicaAt('other')
      const all = ana.since(other.versionVector())
      other.merge(all.filter((entry) => entry.peerId === 'ben' && seqOf(entry) <= ben))
      const missing = all.filter((e) => seqOf(e) > other.versionVector().get(e.peerId))
      expect(ana.since(other.versionVector())).toEqual(missing)
      for (const entry of missing) expect(other.merge([entry]).waiting).toEqual([])
      expect(other.versionVector().compare(ana.versionVector())).toBe('equal')
    }
  })

  it('gives nothing to who has it all, or claims more', () => {
    const ana = replicaAt('ana')
    ana.write(update({}))
    expect(ana.since(new VectorClock({ ana: 1, ben: 4 }))).toEqual([])
    expect(ana.since(new VectorClock({ ana: 9 }))).toEqual([])
  })

  it('can be taken one at a time, and keeps to the log as it was at the call', () => {
    const ana = replicaAt('ana')
    ana.write(update({ kwh: 1 }))
    ana.write(update({ kwh: 2 }))
    const iterator = ana.sinceIterator(new VectorClock())
    ana.write(update({ kwh: 3 }))
    expect([...iterator].map(({ data }) => data)).toEqual([{ kwh: 1 }, { kwh: 2 }])
  })

  it('finds a single entry, and the version vector is a copy', () => {
    const ana = replicaAt('ana')
    const entry = ana.write(update({}))
    ana.versionVector().tick('ana')
    expect(ana.entry({ peerId: 'ana', seq: 1 })).toBe(entry)
    expect(ana.entry({ peerId: 'ana', seq: 2 })).toBeUndefined()
    expect(ana.versionVector().toJSON()).toEqual({ ana: 1 })
  })
})

describe('a log loaded from disk', () => {
  it('is taken with its own entries, and the next write continues after them, also in time', () => {
    const before = replicaAt('ana', 9_000)
    before.write(update({ kwh: 1 }))
    before.write(update({ kwh: 2 }))
    const after = replicaAt('ana', 5)
    after.merge(before.since(new VectorClock()))
    const next = after.write(update({ kwh: 3 }))
    expect(next.vectorClock).toEqual({ ana: 3 })
    expect([next.timestamp, next.counter]).toEqual([9_000, 2])
    expect(before.merge([next]).applied.length + after.size).toBe(3)
  })

  it('shows this device as suspect if it once wrote far ahead of its wall clock, and stays monotonic', () => {
    const ana = replicaAt('ana', 1_000)
    ana.merge([entryOf('ana', 1, { timestamp: 9e12 })])
    expect(ana.clockSuspects()).toEqual(['ana'])
    expect(ana.write(update({}))).toMatchObject({ timestamp: 9e12, counter: 1 })
  })

  it('removes nothing by being merged into a replica that holds it', () => {
    const ana = replicaAt('ana')
    const entries = [ana.write(update({ kwh: 1 })), ana.write(remove())]
    expect(ana.merge(entries).duplicate).toHaveLength(2)
    expect(ana.write(update({ kwh: 2 })).vectorClock).toEqual({ ana: 3 })
  })
})
