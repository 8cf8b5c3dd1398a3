import { describe, expect, test, vi } from 'vitest'
import { planOf } from './plan.ts'
import type { WorldPlan } from './plan.types.ts'
import { shrink } from './shrink.ts'

const kindsOf = ({ faults }: WorldPlan) => faults.map(({ kind }) => kind)
const find = (holds: (plan: WorldPlan) => boolean): WorldPlan => {
  for (let seed = 0; ; seed++) if (holds(planOf(seed))) return planOf(seed)
}

describe('a failing plan is shrunk', () => {
  test('to the one fault and the one write that it takes', async () => {
    const fails = (plan: WorldPlan) =>
      kindsOf(plan).includes('crash') && plan.writes.some(({ does }) => does === 'import')
    const plan = find((one) => fails(one) && one.peers > 3 && one.faults.length > 3)
    const small = await shrink(plan, fails, { runs: 1_000 })
    expect(kindsOf(small)).toEqual(['crash'])
    expect(small.writes.map(({ does }) => does)).toEqual(['import'])
    expect(small).toMatchObject({ peers: 2, roads: [], seed: plan.seed })
    expect(small.durationMs).toBeLessThan(plan.durationMs)
    expect(small.faults[0]?.ms).toBe(0)
  })

  test('to three devices where it takes three, and they are named a, b, c again', async () => {
    const plan = find(({ peers, faults }) => peers >= 5 && faults.length > 2)
    const small = await shrink(plan, ({ peers }) => peers >= 3)
    expect(small).toMatchObject({ peers: 3, writes: [], faults: [] })
    const four = await shrink(plan, ({ peers, writes }) => peers >= 3 && writes.length >= 4)
    expect(four.writes).toHaveLength(4)
    expect(four.writes.every(({ device }) => 'abc'.includes(device))).toBe(true)
  })

  test('by no more runs than allowed, and what comes out fails', async () => {
    const plan = planOf(2)
    const fails = vi.fn<(plan: WorldPlan) => boolean>(({ writes }) =>
      writes.some(({ id }) => id === plan.writes.at(-1)?.id),
    )
    const small = await shrink(plan, fails, { runs: 10 })
    expect(fails.mock.calls.length).toBeLessThanOrEqual(10)
    expect(fails(small)).toBe(true)
  })

  test('not at all where nothing smaller fails', async () => {
    const plan = planOf(2)
    expect(await shrink(plan, () => false)).toEqual(plan)
  })
})
