import { afterAll, describe, expect, test } from 'vitest'
import type { AnyMachineSnapshot, EventObject } from 'xstate'
import { possibleIn } from './explore.ts'
import { type LiveRun, liveRun } from './live-run.ts'
import type { AnyMachineSpec } from './machine-spec.ts'
import { seeded } from './random.ts'
import { expectHealthy, leftovers, NOTHING } from './run-checks.ts'

const AFTER = /^xstate\.after\./
const SEEDS = Array.from({ length: 25 }, (_, i) => i + 1)
const STEPS = 150

interface Tally {
  /** Events that actors went through. */
  taken: number
  /** Of these, what the graph leaves out to stay small. */
  beyond: number
}

/** Events that would end each walk early are drawn only every tenth time. */
const draw = (spec: AnyMachineSpec, run: LiveRun, random: () => number): EventObject | undefined => {
  const usual = random() < 0.9
  const events = possibleIn(spec, run.snapshot()).filter(
    ({ type }) => !(usual && spec.rarely?.test(type)) && (!AFTER.test(type) || run.clock.isArmed(run.actor, type)),
  )
  return events[Math.floor(random() * events.length)]
}

const isBeyond = (spec: AnyMachineSpec, snapshot: AnyMachineSnapshot, event: EventObject): boolean =>
  spec.focus !== undefined && !spec.focus(snapshot, event)

const walk = (spec: AnyMachineSpec, input: unknown, seed: number, tally: Tally): ReturnType<typeof leftovers> => {
  const random = seeded(seed)
  const run = liveRun(spec, input, () => {})
  try {
    for (let i = 0; i < STEPS; i++) {
      const event = draw(spec, run, random)
      if (event === undefined) continue
      tally.taken += 1
      if (isBeyond(spec, run.snapshot(), event)) tally.beyond += 1
      run.perform(event)
      expectHealthy(spec, run)
    }
  } finally {
    run.stop()
  }
  return leftovers(run)
}

/**
 * Drives live actors of a machine through whatever can happen in whatever order, drawn by seeds: what the graph leaves
 * out to stay small (the spec's `focus`) is taken here. After each event the laws hold, and everything else that the
 * generated tests check; after the stop nothing is left running.
 */
export const walkMachine = (spec: AnyMachineSpec): void => {
  const { id } = spec.machine
  const tally: Tally = { taken: 0, beyond: 0 }
  describe.each(spec.inputs.map((input) => ({ input })))(
    `${id} from $input, whatever comes in whatever order`,
    ({ input }) => {
      test.each(SEEDS)('keeps its laws: seed %i', (seed) => {
        expect(walk(spec, input, seed, tally)).toEqual(NOTHING)
      })
    },
  )

  test(`${id}: the walks take what the graph leaves out`, () => {
    expect(tally.beyond > 0).toBe(spec.focus !== undefined)
  })

  afterAll(() => {
    const walks = SEEDS.length * spec.inputs.length
    console.info(`${id}: ${walks} walks, ${tally.taken} events, ${tally.beyond} of them beyond the graph`)
  })
}
