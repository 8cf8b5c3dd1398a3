import { describe, expect, it, vi } from 'vitest'
import { LIMITS } from './limits.ts'
import { codeOf, entryOf, logOf, replicaAt, update } from './replica.testing.ts'
import { VectorClock } from './vector-clock.ts'

vi.setConfig({ testTimeout: 60_000 }) // some fill the limits

const faults = (result: { refused: readonly { fault: string }[] }): string[] => result.refused.map(({ fault }) => fault)

describe('a forked author', () => {
  const [one, two, three] = logOf('ben', 3)
  if (!one || !two || !three) throw new Error('no log')
  const otherTwo = { ...two, data: { kwh: 99 } }

  it('is frozen: what is applied stays, both versions are kept, nothing more of it is applied', () => {
    const ana = replicaAt('ana')
    ana.merge([one, two])
    expect(ana.merge([otherTwo])).toEqual({
      applied: [],
      duplicate: [],
      waiting: [],
      refused: [{ entry: otherTwo, fault: 'author-forked' }],
    })
    expect(ana.forks()).toEqual([{ peerId: 'ben', seq: 2, held: two, other: otherTwo }])
    expect(ana.record('reading', 'r-2')?.value).toEqual({ kwh: 2 })
    expect(faults(ana.merge([three, otherTwo, entryOf('ben', 9)]))).toEqual(Array(3).fill('author-forked'))
    expect([ana.size, ana.waiting, ana.forks().length]).toEqual([2, 0, 1])
  })

  it('does not stop the others, nor repeats of what is held', () => {
    const ana = replicaAt('ana')
    ana.merge([one, two, otherTwo])
    expect(ana.merge([one, two]).duplicate).toHaveLength(2)
    expect(ana.merge([entryOf('cy', 1, { vectorClock: { ben: 2 } })]).applied).toHaveLength(1)
    expect(ana.write(update({})).vectorClock).toEqual({ ana: 1, cy: 1, ben: 2 })
  })

  it('is told from a repeat with the keys in another order', () => {
    const ana = replicaAt('ana')
    ana.merge([entryOf('ben', 1, { data: { a: 1, b: 2 } })])
    expect(ana.merge([entryOf('ben', 1, { data: { b: 2, a: 1 } })]).duplicate).toHaveLength(1)
    expect(ana.merge([{ ...entryOf('ben', 1, { data: { a: 1, b: 2 } }), counter: 1 }]).refused).toHaveLength(1)
  })

  it('is found among waiting entries too, which then wait no more', () => {
    const ana = replicaAt('ana')
    ana.merge([two, three])
    expect(faults(ana.merge([otherTwo]))).toEqual(['author-forked'])
    expect([ana.waiting, ana.forks()]).toEqual([0, [{ peerId: 'ben', seq: 2, held: two, other: otherTwo }]])
    expect(faults(ana.merge([one, two]))).toEqual(['author-forked', 'author-forked'])
    expect(ana.size).toBe(0)
  })

  it('is found within one batch, and each entry given is accounted for once', () => {
    const ana = replicaAt('ana')
    const result = ana.merge([three, two, otherTwo, one])
    expect(faults(result)).toEqual(['author-forked', 'author-forked', 'author-forked', 'author-forked'])
    expect(new Set(result.refused.map(({ entry }) => entry))).toEqual(new Set([one, two, three, otherTwo]))
    expect([ana.size, ana.waiting]).toEqual([0, 0])
  })

  it('stays out where one of its waiting entries would become free, or comes again, in the same batch', () => {
    const ana = replicaAt('ana')
    const waits = entryOf('ben', 1, { vectorClock: { cy: 1 } })
    ana.merge([waits])
    const result = ana.merge([{ ...waits, data: {} }, waits, entryOf('cy', 1)])
    expect(result).toMatchObject({ applied: [{ peerId: 'cy' }], duplicate: [] })
    expect([faults(result), ana.size, ana.waiting]).toEqual([['author-forked', 'author-forked'], 1, 0])
  })

  it('is found again when the log is loaded that the plans said to store', () => {
    const ana = replicaAt('ana')
    const plan = ana.plan([one, two, otherTwo])
    expect(plan.toStore).toEqual([one, two, otherTwo])
    const again = replicaAt('ana')
    again.merge(plan.toStore)
    expect(again.forks()).toMatchObject([{ peerId: 'ben', seq: 2, held: two, other: otherTwo }])
  })

  it('leaves nothing in the stored log that would wait when it is loaded', () => {
    const ana = replicaAt('ana')
    ana.write(update({}))
    expect(ana.plan([three, { ...three, data: {} }, entryOf('ana', 2), entryOf('cy', 1)])).toMatchObject({
      forks: [{ peerId: 'ben' }, { peerId: 'ana' }],
      toStore: [{ peerId: 'cy' }],
    })
  })
})

describe('somebody else writing under our peerId', () => {
  it('is found by an entry in a place of ours, and stops our writing', () => {
    const ana = replicaAt('ana')
    const own = ana.write(update({ kwh: 1 }))
    expect(faults(ana.merge([{ ...own, data: { kwh: 2 } }]))).toEqual(['author-forked'])
    expect(ana.record('reading', 'm-17')?.value).toEqual({ kwh: 1 })
    expect(codeOf(() => ana.write(update({})))).toBe('author-forked')
    expect(ana.since(new VectorClock())).toEqual([own])
  })

  it('is found by an entry that continues our log after we wrote: it is not applied, and kept', () => {
    const ana = replicaAt('ana')
    const own = ana.write(update({ kwh: 1 }))
    const theirs = entryOf('ana', 2)
    expect(faults(ana.merge([theirs]))).toEqual(['author-forked'])
    expect(ana.forks()).toEqual([{ peerId: 'ana', seq: 2, other: theirs }])
    expect([ana.size, codeOf(() => ana.write(update({})))]).toEqual([1, 'author-forked'])
    expect(ana.merge([own, entryOf('ben', 1)])).toMatchObject({ applied: [{ peerId: 'ben' }], duplicate: [{ seq: 1 }] })
  })

  it('is not assumed of what we wrote before a backup was restored: it comes back, and we go on after it', () => {
    const before = replicaAt('ana')
    const entries = [1, 2, 3].map((kwh) => before.write(update({ kwh })))
    const restored = replicaAt('ana')
    restored.merge(entries.slice(0, 1))
    expect(restored.merge(entries.slice(2)).waiting).toHaveLength(1)
    expect(codeOf(() => restored.write(update({})))).toBe('author-forked')
    expect(restored.merge(entries.slice(1)).applied).toHaveLength(2)
    expect(restored.write(update({ kwh: 4 })).vectorClock).toEqual({ ana: 4 })
    expect(restored.forks()).toEqual([])
  })
})

describe('the waiting set', () => {
  it('holds as many entries as the limit says and refuses the rest, which may come again', () => {
    const ana = replicaAt('ana')
    const log = logOf('ben', LIMITS.waitingEntries + 3)
    expect(faults(ana.merge(log.slice(1)))).toEqual(['waiting-full', 'waiting-full'])
    expect(ana.waiting).toBe(LIMITS.waitingEntries)
    expect(ana.merge(log.slice(0, 1)).applied).toHaveLength(LIMITS.waitingEntries + 1)
    expect(ana.merge(log).applied).toHaveLength(2)
    expect(ana.waiting).toBe(0)
  })

  it('holds as many bytes as the limit says', () => {
    const ana = replicaAt('ana')
    const note = 'x'.repeat(LIMITS.entryBytes / 2)
    const log = Array.from({ length: 40 }, (_, i) => entryOf('ben', i + 2, { data: { note } }))
    const { waiting, refused } = ana.merge(log)
    expect([waiting.length, refused.length, refused[0]?.fault]).toEqual([31, 9, 'waiting-full'])
    expect(faults(ana.merge([entryOf('cy', 2)]))).toEqual([])
  })

  it('does not stop entries that wait for nothing', () => {
    const ana = replicaAt('ana')
    ana.merge(logOf('ben', LIMITS.waitingEntries + 1).slice(1))
    expect(faults(ana.merge([entryOf('cy', 2)]))).toEqual(['waiting-full'])
    expect(ana.merge([entryOf('cy', 1), entryOf('cy', 2)]).applied).toHaveLength(2)
  })

  it('gives back the room of what was applied and of authors that were frozen', () => {
    const ana = replicaAt('ana')
    const log = logOf('ben', LIMITS.waitingEntries + 1)
    ana.merge(log.slice(1))
    ana.merge([{ ...log[5], data: {} }])
    expect([ana.waiting, ana.merge([entryOf('cy', 2)]).waiting.length]).toEqual([0, 1])
    ana.merge([entryOf('cy', 1)])
    expect(ana.merge(logOf('dee', LIMITS.waitingEntries + 1).slice(1)).waiting).toHaveLength(LIMITS.waitingEntries)
  })
})

describe('the number of authors', () => {
  it('is bounded; entries of known ones go on', () => {
    const ana = replicaAt('ana')
    const first = Array.from({ length: LIMITS.vectorAuthors - 1 }, (_, i) => entryOf(`p${i}`, 1, { id: `r-${i}` }))
    ana.merge(first)
    expect(ana.merge([entryOf('waits', 2), entryOf('late', 1)])).toMatchObject({
      waiting: [{ peerId: 'waits' }],
      refused: [{ fault: 'authors-full' }],
    })
    expect(codeOf(() => ana.write(update({})))).toBe('authors-full')
    expect(ana.merge([entryOf('p7', 2), entryOf('waits', 1)]).applied).toHaveLength(3)
    expect(ana.versionVector().size).toBe(LIMITS.vectorAuthors)
  })

  it('is bounded by the bytes of their ids too, so that the vector of all of them fits one message', () => {
    const ana = replicaAt('ana')
    const long = (i: number) => String(i).padEnd(LIMITS.idLength, '\u{4e00}')
    const { applied, refused } = ana.merge(
      Array.from({ length: 1_000 }, (_, i) => entryOf(long(i), 1, { id: `r-${i}` })),
    )
    expect(new Set(refused.map(({ fault }) => fault))).toEqual(new Set(['authors-full']))
    const bytes = Buffer.byteLength(Object.keys(ana.versionVector().toJSON()).join(''))
    expect(bytes + 10 * applied.length).toBeLessThanOrEqual(LIMITS.vectorBytes)
    expect(applied.length).toBeGreaterThan(500)
  })
})
