import { checkStopped, checkWorld, watchWorld } from './checkers.ts'
import { createWorld } from './create-world.ts'
import { planOf } from './plan.ts'
import type { WorldPlan } from './plan.types.ts'
import { watchStrays } from './run-strays.ts'
import { createRunner } from './run-world.ts'
import type { RunOptions, WorldOutcome } from './run-world.types.ts'

const run = createRunner({ createWorld, watch: watchWorld, check: checkWorld, checkStopped, strays: watchStrays })

/**
 * Runs one plan, or the plan of a seed, with every check there is. It never rejects: what goes wrong is a finding.
 *
 * @example
 * const { findings } = await runWorld(123)
 */
export const runWorld = (plan: WorldPlan | number, options?: RunOptions): Promise<WorldOutcome> =>
  run(typeof plan === 'number' ? planOf(plan) : plan, options)
