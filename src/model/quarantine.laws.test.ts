import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry, EntryInput } from './entry.ts'
import { dotOf, seqOf } from './entry-dot.ts'
import { MERGE_RULES } from './merge-rules.ts'
import { naiveView } from './naive-replica.testing.ts'
import type { Judgment } from './quarantine.ts'
import { createReplica } from './replica.ts'
import type { ReplicaCore } from './replica.types.ts'
import { playHistory, type Step } from './replica-laws.testing.ts'
import { compareText } from './write-order.ts'

const input = fc
  .record({
    id: fc.constantFrom('r', 's', 'u'),
    resourceType: fc.constantFrom('t', 't', 'v'),
    action: fc.constantFrom('create', 'update', 'update', 'delete'),
    data: fc.dictionary(fc.constantFrom('f', 'g', '__proto__'), fc.constantFrom(0, 1), { maxKeys: 2 }),
  })
  .map((write): EntryInput => (write.action === 'delete' ? { ...write, data: {} } : write) as EntryInput)
const step: fc.Arbitrary<Step> = fc.record({
  writer: fc.nat({ max: 2 }),
  reads: fc.array(fc.nat({ max: 13 }), { maxLength: 6 }),
  wall: fc.constantFrom(1_000, 1_001, 400),
  input,
})
const history = fc
  .array(step, { minLength: 1, maxLength: 14 })
  .map((steps) => playHistory(steps, MERGE_RULES).map(({ entry }) => entry))

const AUTHORS = ['ana', 'ben', 'Zoë']
type Cutoffs = Readonly<Record<string, number>>
/** Of each author what is not above a cutoff, and nothing at a time that is out. */
const judging =
  (cutoffs: Cutoffs, outAt: number): Judgment =>
  (entry) =>
    seqOf(entry) <= (cutoffs[entry.peerId] ?? 99) && entry.timestamp !== outAt
const cutoffs = fc.record({ ana: fc.nat({ max: 6 }), ben: fc.nat({ max: 6 }), Zoë: fc.nat({ max: 6 }) })
const judgment = fc.oneof(
  fc.constant(undefined),
  fc.tuple(cutoffs, fc.constantFrom(400, 0)).map(([of, out]) => judging(of, out)),
)

const textOf = (replica: ReplicaCore): string =>
  JSON.stringify([
    replica.types().flatMap((type) => replica.records(type)),
    replica.conflicts(),
    replica.quarantined(),
    replica.quarantinedCount,
  ])

/** By the definition: what is applied follows from all entries, what is seen from those in force alone. */
const expectedOf = (entries: readonly Entry[], isInForce: Judgment = () => true): string => {
  const { applied, records, conflicts } = naiveView(entries, isInForce)
  const out = applied.filter((entry) => !isInForce(entry)).map(dotOf)
  out.sort((a, b) => compareText(a.peerId, b.peerId) || a.seq - b.seq)
  return JSON.stringify([records, conflicts, out, out.length])
}

const observer = (): ReplicaCore => createReplica({ peerId: 'observer', now: () => 1_000 })

describe('the laws of quarantine', () => {
  it('whatever comes in whatever order, and however it was judged before, views follow from the last judgment', () => {
    const steps = fc.array(fc.tuple(fc.array(fc.nat({ max: 13 }), { maxLength: 4 }), judgment), { maxLength: 6 })
    const law = fc.property(history, steps, judgment, (entries, batches, last) => {
      const replica = observer()
      for (const [batch, then] of batches) {
        replica.merge(batch.flatMap((at) => entries[at] ?? []))
        replica.enforce(then)
        expect(replica.types().flatMap((type) => replica.records(type))).toHaveLength(
          naiveView(replica.since(observer().versionVector()), then).records.length,
        )
      }
      replica.enforce(last)
      replica.merge(entries.toReversed())
      expect(textOf(replica)).toBe(expectedOf(entries, last))
    })
    expect(() => fc.assert(law, { numRuns: 600 })).not.toThrow()
  }, 60_000)

  it('made anew is the same as made afresh, and what is replicated does not follow from any judgment', () => {
    const law = fc.property(history, judgment, judgment, (entries, before, after) => {
      const [anew, afresh] = [observer(), observer()]
      anew.enforce(before)
      anew.merge(entries)
      expect(textOf(anew)).toBe(expectedOf(entries, before))
      anew.enforce(after)
      afresh.enforce(after)
      afresh.merge(entries)
      expect(textOf(anew)).toBe(textOf(afresh))
      expect(anew.versionVector().toJSON()).toEqual(afresh.versionVector().toJSON())
      expect(anew.since(observer().versionVector())).toEqual(entries)
    })
    expect(() => fc.assert(law, { numRuns: 400 })).not.toThrow()
  }, 60_000)

  it('naming the authors that are judged otherwise is enough, and records without a changed entry stay the same', () => {
    const law = fc.property(history, cutoffs, cutoffs, (entries, before, after) => {
      const [named, all] = [observer(), observer()]
      for (const replica of [named, all]) {
        replica.enforce(judging(before, 0))
        replica.merge(entries)
        for (const type of replica.types()) replica.records(type)
      }
      const views = new Map(
        named.types().flatMap((type) => named.records(type).map((view) => [view.resourceType + view.id, view])),
      )
      const lists = new Map(named.types().map((type) => [type, named.records(type)]))
      const touched = AUTHORS.filter((author) => before[author as 'ana'] !== after[author as 'ana'])
      const types = named.enforce(judging(after, 0), touched)
      expect(all.enforce(judging(after, 0))).toEqual(types)
      expect(textOf(named)).toBe(textOf(all))
      const isChanged = (entry: Entry) => judging(before, 0)(entry) !== judging(after, 0)(entry)
      const changed = new Set(entries.filter(isChanged).map(({ resourceType, id }) => resourceType + id))
      for (const [, view] of [...views].filter(([key]) => !changed.has(key)))
        expect(named.record(view.resourceType, view.id)).toBe(view)
      for (const [type, list] of [...lists].filter(([key]) => !types.has(key))) expect(named.records(type)).toBe(list)
      expect(types).toEqual(new Set(entries.filter(isChanged).map(({ resourceType }) => resourceType)))
    })
    expect(() => fc.assert(law, { numRuns: 400 })).not.toThrow()
  }, 60_000)
})
