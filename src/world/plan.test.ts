import { describe, expect, test } from 'vitest'
import { deviceNames, planOf } from './plan.ts'
import { parsePlan, planText } from './plan-text.ts'
import type { FaultPlan } from './plan.types.ts'

const seeds = Array.from({ length: 400 }, (_, seed) => seed)
const plans = seeds.map((seed) => planOf(seed))
const namesIn = (fault: FaultPlan): readonly string[] => [
  ...('device' in fault ? [fault.device] : []),
  ...('between' in fault ? (fault.between ?? []) : []),
  ...('a' in fault ? [fault.a, fault.b] : []),
  ...('groups' in fault ? fault.groups.flat() : []),
]

describe('the plan of a seed', () => {
  test('is the same each time, and differs from that of other seeds', () => {
    expect(seeds.map((seed) => planOf(seed))).toEqual(plans)
    expect(new Set(plans.map((plan) => JSON.stringify({ ...plan, seed: 0 }))).size).toBe(plans.length)
  })

  test('has 2 to 8 devices and names no others', () => {
    expect(new Set(plans.map(({ peers }) => peers))).toEqual(new Set([2, 3, 4, 5, 6, 8]))
    for (const { peers, writes, faults, roads } of plans) {
      const known = new Set([...deviceNames(peers), 'server'])
      const named = [...writes.map(({ device }) => device), ...faults.flatMap(namesIn)]
      expect([...named, ...roads.flatMap(({ between }) => between ?? [])].filter((name) => !known.has(name))).toEqual(
        [],
      )
    }
  })

  test('comes back from its text', () => {
    for (const plan of plans) expect(parsePlan(planText(plan))).toEqual(plan)
  })

  test('meets every kind of fault and of write', () => {
    expect(new Set(plans.flatMap(({ faults }) => faults.map(({ kind }) => kind))).size).toBe(20)
    expect(new Set(plans.flatMap(({ writes }) => writes.map(({ does }) => does))).size).toBe(4)
    const sizes = plans.flatMap(({ writes }) => writes.map((write) => (write.does === 'put' ? write.bytes : 0)))
    expect(sizes.some((bytes) => bytes > 14_000 && bytes <= 60_000)).toBe(true)
    expect(sizes.some((bytes) => bytes >= 256 * 1024)).toBe(true)
  })

  test('writes at the same time on different devices, and strikes right then', () => {
    const together = plans.filter(({ writes }) =>
      writes.some((write) => writes.some((other) => other.at === write.at && other.device !== write.device)),
    )
    const struck = plans.filter(({ writes, faults }) =>
      faults.some(({ at }) => writes.some((write) => at >= write.at && at - write.at <= 8)),
    )
    expect(together.length).toBeGreaterThan(200)
    expect(struck.length).toBeGreaterThan(100)
  })

  test('keeps every element where it is when another number of devices is asked for', () => {
    const times = (peers: number) => planOf(5, peers).writes.map(({ at, does }) => [at, does])
    expect(times(8)).toEqual(times(2))
  })
})

test.each([
  ['{"seed":1}', /peers/],
  ['{"seed":1,"peers":1,"durationMs":1,"roads":[],"writes":[],"faults":[]}', /peers/],
  [
    '{"seed":1,"peers":2,"durationMs":1,"roads":[],"writes":[],"faults":[{"id":0,"at":0,"ms":0,"kind":"flood"}]}',
    /kind/,
  ],
  ['nothing', /JSON/],
])('a text that is no plan is refused with words: %s', (text, words) => {
  expect(() => parsePlan(text)).toThrow(words)
})
