import { planParam } from '#world/plan-param'
import { planText } from '#world/plan-text'
import type { WorldPlan } from '#world/plan.types'
import type { Finding } from '#world/types'
import type { Result } from './crew.ts'

const MOST_FINDINGS = 5

/** What was found with a plan, in lines. */
export const findingsText = (findings: readonly Finding[]): string => {
  const lines = findings.slice(0, MOST_FINDINGS).map(({ rule, says }) => `  ${rule}: ${says.slice(0, 1_500)}`)
  if (findings.length > MOST_FINDINGS) lines.push(`  … and ${findings.length - MOST_FINDINGS} more`)
  return lines.join('\n')
}

/** What to type to run a seed again. */
export const seedCommand = (seed: number, peers?: number): string =>
  `npm run worlds -- --seed ${seed}${peers === undefined ? '' : ` --peers ${peers}`}`

/** What to type to run a plan again. */
export const planCommand = (plan: WorldPlan): string => `npm run worlds -- --plan '${planText(plan)}'`

const watch = (args: string): string => `npm run storybook, then /?path=/story/stage--world-seed&args=${args}`

/** Where the run of a seed can be watched. */
export const seedAddress = (seed: number, peers?: number): string =>
  watch(`seed:${seed}${peers === undefined ? '' : `;peers:${peers}`}`)

/** Where the run of a plan can be watched. */
export const planAddress = (plan: WorldPlan): string => watch(`plan:${planParam(plan)}`)

/** A shrunk plan in a few words. */
export const sizeText = ({ peers, faults, writes, durationMs }: WorldPlan): string => {
  const several = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`
  return `${peers} devices, ${several(faults.length, 'fault')}, ${several(writes.length, 'write')}, ${durationMs} ms`
}

/** What became of making a plan small. */
export const shrunkText = (result: Result): string => {
  if (result.type === 'shrunk')
    return `shrunk to ${sizeText(result.plan)}:\n${planCommand(result.plan)}\nto watch it: ${planAddress(result.plan)}`
  return `could not be made smaller: ${result.type === 'lost' ? result.why : 'the worker ran it instead'}`
}
