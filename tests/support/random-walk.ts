import { eventsOf } from './explore.ts'
import { liveRun } from './live-run.ts'
import type { AnyMachineSpec } from './machine-spec.ts'
import { seeded } from './random.ts'
import { expectHealthy, leftovers } from './run-checks.ts'

const AFTER = /^xstate\.after\./

interface Walk {
  readonly seed: number
  readonly steps: number
  /** Events drawn only every tenth time: those that would end each walk early. */
  readonly rarely: RegExp
}

/**
 * Drives a live actor through so many events, any that can happen, drawn by the seed. After each the laws hold and
 * what the generated tests check is checked; gives what was left running after the stop. For interleavings that a graph of everything would be too large for.
 */
export const walk = (
  spec: AnyMachineSpec,
  input: unknown,
  { seed, steps, rarely }: Walk,
): ReturnType<typeof leftovers> => {
  const random = seeded(seed)
  const run = liveRun(spec, input, () => {})
  try {
    for (let i = 0; i < steps; i++) {
      const usual = random() < 0.9
      const events = eventsOf(spec, run.snapshot()).filter(
        ({ type }) => !(usual && rarely.test(type)) && (!AFTER.test(type) || run.clock.isArmed(run.actor, type)),
      )
      const event = events[Math.floor(random() * events.length)]
      if (event === undefined) continue
      run.perform(event)
      expectHealthy(spec, run)
    }
  } finally {
    run.stop()
  }
  return leftovers(run)
}
