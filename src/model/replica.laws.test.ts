import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AppliedSeqs, missingDot } from './causal-gate.ts'
import type { Entry, EntryInput, Json } from './entry.ts'
import { MERGE_RULES, type MergeRules } from './merge-rules.ts'
import { brokenLaw, playHistory, type Step } from './replica-laws.testing.ts'
import { compareText } from './write-order.ts'

const json = fc.constantFrom<Json>(0, 1, '1', '\ud800', null, true, [1], { b: 1, a: 2 }, { a: 2, b: 1 })
const field = fc.constantFrom('f', 'g', '__proto__', 'constructor', '7')
const input = fc
  .record({
    id: fc.constantFrom('r', 'R'),
    resourceType: fc.constantFrom('t', 't', 'toString'),
    action: fc.constantFrom('create', 'update', 'update', 'delete'),
    data: fc.dictionary(field, json, { maxKeys: 3 }),
  })
  .map((write): EntryInput => (write.action === 'delete' ? { ...write, data: {} } : write) as EntryInput)
const index = fc.nat({ max: 11 })
const step: fc.Arbitrary<Step> = fc.record({
  writer: fc.nat({ max: 2 }),
  reads: fc.array(index, { maxLength: 6 }),
  // ties, a clock that goes back, and one that is hours ahead
  wall: fc.constantFrom(1_000, 1_000, 1_001, 400, 20_000_000),
  input,
})
const randomSteps = fc.array(step, { minLength: 1, maxLength: 12 })
/** Any order with repeats, in batches; what it leaves out follows at the end, last first. */
const delivery = fc
  .array(fc.array(index, { maxLength: 5 }), { maxLength: 8 })
  .map((batches) => [...batches, Array.from({ length: 12 }, (_, i) => 11 - i)])

const law = (rules: MergeRules) =>
  fc.property(randomSteps, fc.array(delivery, { minLength: 1, maxLength: 3 }), (history, deliveries) => {
    const broken = brokenLaw(playHistory(history, rules), deliveries, rules)
    if (broken) throw new Error(broken)
  })

const ACTIONS: readonly Pick<EntryInput, 'action' | 'data'>[] = [
  { action: 'update', data: { f: 0 } },
  { action: 'update', data: { g: 0 } },
  { action: 'update', data: { f: 0, g: 0 } },
  { action: 'delete', data: {} },
]

/** Every step that can come after `k` others; its values are equal to those of every second one. */
const stepsAt = (k: number): readonly Step[] =>
  [0, 1, 2].flatMap((writer) =>
    ACTIONS.flatMap(({ action, data }) =>
      Array.from({ length: 2 ** k }, (_, mask) => ({
        writer,
        reads: Array.from({ length: k }, (_gap, i) => i).filter((i) => mask & (1 << i)),
        wall: 1_000,
        input: {
          id: 'r',
          resourceType: 't',
          action,
          data: Object.fromEntries(Object.keys(data).map((name) => [name, k % 2])),
        },
      })),
    ),
  )

function* allHistories(): Generator<readonly Step[], void, void> {
  for (const first of stepsAt(0)) {
    yield [first]
    for (const second of stepsAt(1)) {
      yield [first, second]
      for (const third of stepsAt(2)) yield [first, second, third]
    }
  }
}

const ORDERS: readonly (readonly (readonly number[])[])[] = [
  [[0, 1, 2]],
  [[0], [2], [1]],
  [[1], [0, 2]],
  [[1], [2], [0]],
  [[2], [0], [1]],
  [[2, 1], [0]],
]

/** Plays them all; those that come to the same entries are checked once. */
const searchAll = (rules: MergeRules): { readonly histories: number; readonly broken: string | undefined } => {
  const checked = new Set<string>()
  let histories = 0
  for (const steps of allHistories()) {
    histories += 1
    const history = playHistory(steps, rules)
    const text = JSON.stringify(history.map(({ entry }) => entry))
    const broken = checked.has(text) ? undefined : brokenLaw(history, ORDERS, rules)
    if (broken) return { histories, broken }
    checked.add(text)
  }
  return { histories, broken: undefined }
}

describe('the laws of merging', () => {
  it('hold for any history, order, repetition and batching, with ties and skewed clocks', () => {
    expect(() => fc.assert(law(MERGE_RULES), { numRuns: 600 })).not.toThrow()
  }, 60_000)

  it('hold for every history of up to 3 writes by 3 replicas over 2 fields, in every order', () => {
    expect(searchAll(MERGE_RULES)).toEqual({ histories: 12 + 12 * 24 + 12 * 24 * 48, broken: undefined })
  }, 120_000)
})

const withGate = (gate: MergeRules['gate']): MergeRules => ({ ...MERGE_RULES, gate })
const withOrder = (compare: MergeRules['compare']): MergeRules => ({ ...MERGE_RULES, compare })

/** Looks at the author's own log alone. */
const ownLogOnly = (entry: Entry, applied: AppliedSeqs) =>
  missingDot({ ...entry, vectorClock: { [entry.peerId]: entry.vectorClock[entry.peerId] ?? 0 } }, applied)

const byTimeAlone = (a: Entry, b: Entry): number => a.timestamp - b.timestamp || (a.counter ?? 0) - (b.counter ?? 0)

/** Looks at other authors alone. */
const othersOnly = (entry: Entry, applied: AppliedSeqs) => {
  const own = entry.vectorClock[entry.peerId] ?? 0
  return missingDot(entry, { get: (peerId) => (peerId === entry.peerId ? own - 1 : applied.get(peerId)) })
}

const LOST = 'nothing is lost'
const DIVERGED = 'the view is what the definition says of the set'

describe('the laws fail, in the small search and in the random one,', () => {
  it.each<[string, string, MergeRules]>([
    ['without the gate', LOST, withGate(() => undefined)],
    ['with a gate that looks at the author’s own log alone', DIVERGED, withGate(ownLogOnly)],
    ['with a gate that looks at other authors alone', LOST, withGate(othersOnly)],
    ['without the tie-break', DIVERGED, withOrder((a, b) => a.timestamp - b.timestamp)],
    ['with a tie-break that leaves out the author', DIVERGED, withOrder(byTimeAlone)],
    ['with a winner by author alone', DIVERGED, withOrder((a, b) => compareText(a.peerId, b.peerId))],
  ])(
    '%s',
    (_, broken, rules) => {
      expect(searchAll(rules).broken).toBe(broken)
      expect(fc.check(law(rules), { numRuns: 2_000, endOnFailure: true, seed: 1 }).failed).toBe(true)
    },
    60_000,
  )
})
