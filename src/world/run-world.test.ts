import { describe, expect, test } from 'vitest'
import { FieldmeshError } from '#model/fault'
import { createWorld } from './create-world.ts'
import type { WorldPlan } from './plan.types.ts'
import { watchStrays } from './run-strays.ts'
import { createRunner } from './run-world.ts'
import type { RunnerParts } from './run-world.types.ts'
import type { World } from './types.ts'

const PLAN: WorldPlan = {
  seed: 1,
  peers: 2,
  durationMs: 2_000,
  roads: [],
  writes: [{ id: 0, at: 1_000, device: 'a', does: 'put', record: 'r', fields: ['f'], bytes: 3 }],
  faults: [],
}
/** The real world, but for what the test breaks in it. */
const broken = (change: (world: World) => Partial<World>): RunnerParts => ({
  createWorld: (options) => {
    const world = createWorld(options)
    const changed = change(world)
    return new Proxy(world, { get: (target, key) => Reflect.get(key in changed ? changed : target, key) })
  },
})
const rulesOf = async (parts: RunnerParts, plan = PLAN): Promise<string[]> => {
  const { findings } = await createRunner(parts)(plan)
  return [...new Set(findings.map(({ rule }) => rule))]
}

describe('a run that goes wrong is a finding', () => {
  test('nothing is found where nothing is wrong', async () => {
    const outcome = await createRunner({ createWorld, strays: watchStrays })(PLAN)
    expect(outcome).toMatchObject({ seed: 1, findings: [], writes: 3, refused: {} })
    expect(outcome.recoveryMs).toBeLessThan(1_000)
  })

  test('an exception of the world', async () => {
    const parts = broken(() => ({ pass: () => Promise.reject(new Error('boom')) }))
    expect(await rulesOf(parts)).toEqual(['RUN-1'])
  })

  test('an exception of a check', async () => {
    const check = () => {
      throw new Error('boom')
    }
    expect(await rulesOf({ createWorld, check })).toEqual(['RUN-1'])
  })

  test('a world that never becomes quiet', async () => {
    expect(await rulesOf(broken(() => ({ isQuiet: () => false })))).toEqual(['RUN-2'])
  })

  test('a write that never settles', async () => {
    const hang = (world: World) => {
      Object.defineProperty(world.device('b').engine, 'put', { value: () => new Promise(() => {}) })
    }
    expect(await rulesOf({ createWorld, watch: (world) => world.after(1_500, () => hang(world)) })).toEqual(['RUN-3'])
  })

  test('a write after healing that is refused', async () => {
    const refuse = (world: World) => {
      const value = () => Promise.reject(new FieldmeshError('storage-full'))
      Object.defineProperty(world.device('b').engine, 'put', { value })
    }
    expect(await rulesOf({ createWorld, watch: (world) => world.after(1_500, () => refuse(world)) })).toEqual(['RUN-4'])
  })

  test('what the checks find, along the way, at rest and at the end', async () => {
    const watch = (world: World) => void world.findings.push({ rule: 'X-1', says: 'seen' })
    const check = () => [{ rule: 'X-2', says: 'seen' }]
    const checkStopped = () => [{ rule: 'X-3', says: 'seen' }]
    expect(await rulesOf({ createWorld, watch, check, checkStopped })).toEqual(['X-1', 'X-2', 'X-3'])
  })
})

test('a write refused with a fault under a fault is counted, and is none', async () => {
  const { findings, refused } = await createRunner({ createWorld })({
    ...PLAN,
    faults: [{ id: 0, at: 500, ms: 1_000, kind: 'diskFull', device: 'a' }],
  })
  expect({ findings, refused }).toEqual({ findings: [], refused: { 'storage-full': 1 } })
})
