import { describe, expect, it, vi } from 'vitest'
import type { Entry } from './entry.ts'
import { MERGE_RULES, type MergeRules } from './merge-rules.ts'
import { mergeRuns } from './merge-runs.ts'
import { createReplica, createReplicaWith } from './replica.ts'
import { entryOf } from './replica.testing.ts'

vi.setConfig({ testTimeout: 60_000 }) // long logs

const AUTHORS = 4

/** Four authors in turn write one field of one record, each having seen the three before. */
const turns = (count: number, record: (turn: number) => string): readonly Entry[] =>
  Array.from({ length: count }, (_, turn) => {
    const seen = Array.from({ length: Math.min(turn, AUTHORS - 1) }, (_gap, back) => turn - 1 - back)
    const vectorClock = Object.fromEntries(seen.map((t) => [`p${t % AUTHORS}`, Math.floor(t / AUTHORS) + 1]))
    return entryOf(`p${turn % AUTHORS}`, Math.floor(turn / AUTHORS) + 1, { id: record(turn), vectorClock })
  })

/** How often the last 100 of these entries, merged and looked at one by one, ask the rules. */
const questions = (entries: readonly Entry[]): { gate: number; compare: number } => {
  const asked = { gate: 0, compare: 0 }
  const gate: MergeRules['gate'] = (...of) => {
    asked.gate += 1
    return MERGE_RULES.gate(...of)
  }
  const compare: MergeRules['compare'] = (...of) => {
    asked.compare += 1
    return MERGE_RULES.compare(...of)
  }
  const replica = createReplicaWith({ peerId: 'observer', now: () => 1_000 }, { gate, compare })
  replica.merge(entries.slice(0, -100))
  Object.assign(asked, { gate: 0, compare: 0 })
  for (const entry of entries.slice(-100)) {
    replica.merge([entry])
    expect(replica.record(entry.resourceType, entry.id)?.alive).toBe(true)
  }
  expect(replica.size).toBe(entries.length)
  return asked
}

describe('the cost of an entry', () => {
  it('does not grow with the log, be it of one record or of many', () => {
    const ofOne = (count: number) => turns(count, () => 'm-17')
    expect(questions(ofOne(400))).toEqual({ gate: 100, compare: 0 })
    expect(questions(ofOne(20_000))).toEqual({ gate: 100, compare: 0 })
    expect(questions(turns(20_000, (turn) => `r-${turn % 1_000}`)).gate).toBe(100)
  })

  it('depends on the writes that are concurrent now, not on those that were', () => {
    const rounds = Array.from({ length: 2_000 }, (_, i) =>
      ['p0', 'p1'].map((p) => entryOf(p, i + 1, { vectorClock: i ? { p0: i, p1: i } : {} })),
    )
    const pairsOnly = { gate: 100, compare: 100 } // each second entry is compared in one field and in $alive
    expect(questions(rounds.slice(0, 100).flat())).toEqual(pairsOnly)
    expect(questions(rounds.flat())).toEqual(pairsOnly)
  })

  it('stays small where thousands write one record without having seen each other', () => {
    const crowd = Array.from({ length: 10_000 }, (_, i) => entryOf(`p${i}`, 1, { data: { f: i, g: i, h: i } }))
    const replica = createReplica({ peerId: 'observer' })
    expect(replica.merge(crowd).applied).toHaveLength(10_000)
    expect(replica.conflicts().map(({ field, others }) => [field, others.length])).toEqual([
      ['f', 9_999],
      ['g', 9_999],
      ['h', 9_999],
    ])
  })
})

describe('the cost of since', () => {
  it('is that of the entries taken, not of the log behind them', () => {
    let reads = 0
    const counted = <T>(list: readonly T[]): readonly T[] =>
      new Proxy(list, {
        get: (target, key, receiver) => {
          reads += 1
          return Reflect.get(target, key, receiver)
        },
      })
    const runs = Array.from({ length: 8 }, (_, author) => {
      const places = Array.from({ length: 10_000 }, (_gap, i) => i * 8 + author)
      const entries = places.map((_place, i) => entryOf(`p${author}`, i + 1))
      return { entries: counted(entries), places: counted(places), next: 9_000, end: 10_000 }
    })
    const iterator = mergeRuns(runs)
    const taken = Array.from({ length: 16 }, () => iterator.next().value?.peerId)
    expect(taken).toEqual(Array.from({ length: 16 }, (_, i) => `p${i % 8}`))
    expect(reads).toBeLessThan(16 * 20)
  })
})
