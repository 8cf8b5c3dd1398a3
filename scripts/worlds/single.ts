import { planOf } from '#world/plan'
import type { WorldPlan } from '#world/plan.types'
import { runWorld } from '#world/run-seed'
import { createCrew } from './crew.ts'
import type { WorldsOptions } from './options.ts'
import { findingsText, planAddress, seedAddress, shrunkText, sizeText } from './words.ts'

const traceLine = (at: number, says: string): void => console.log(`${at.toFixed(1).padStart(10)}  ${says}`)

/** Runs one plan in this process and prints what it found, and the plan made small; the exit code. */
export const runSingle = async (plan: WorldPlan, options: WorldsOptions): Promise<number> => {
  console.log(`seed ${plan.seed}: ${sizeText(plan)}`)
  const outcome = await runWorld(plan, options.trace ? { trace: traceLine } : {})
  console.log(
    `${outcome.writes} writes, ${Math.round(outcome.simulatedMs)} simulated ms, quiet ${
      outcome.recoveryMs === undefined ? 'never' : `${Math.round(outcome.recoveryMs)} ms after healing`
    }, digest ${outcome.digest}`,
  )
  const [first] = outcome.findings
  if (!first) {
    console.log('No rule was broken.')
    return 0
  }
  console.log(findingsText(outcome.findings))
  console.log(`to watch it: ${options.plan ? planAddress(plan) : seedAddress(plan.seed, options.peers)}`)
  if (options.shrink && !options.trace) await printShrunk(plan, first.rule)
  return 1
}

const printShrunk = async (plan: WorldPlan, rule: string): Promise<void> => {
  const crew = createCrew()
  const result = await crew.work({ type: 'shrink', plan, rule })
  crew.end()
  console.log(shrunkText(result))
}

/** The plan that the command line names; undefined where it names many. */
export const singlePlan = ({ plan, seed, peers }: WorldsOptions): WorldPlan | undefined =>
  plan ?? (seed === undefined ? undefined : planOf(seed, peers))
