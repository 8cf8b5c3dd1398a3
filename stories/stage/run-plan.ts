import { checkStopped, checkWorld, watchWorld } from '#world/checkers'
import type { FaultPlan, WorldPlan, WritePlan } from '#world/plan.types'
import { createRunner } from '#world/run-world'
import type { WorldOutcome } from '#world/run-world.types'
import type { CallOf, Happening } from './moment.types.ts'
import { faultPlanWords, writeWords } from './plan-words.ts'
import type { Stage } from './stage.types.ts'

const BROKEN = /^(?:WORLD|RUN)-\w+: /
/** A planned thing as a run tells it: whether a fault begins or ends, what, and what came of it. */
const PLANNED = /^(?:fault (?<turn>begins|ends): |[a-t]: )?(?<deed>\{.*\}) #\d+(?:: (?<refusal>.*))?$/su
/** The other deeds that the charts and messages on the stage do not tell themselves. */
const DEED = /^(?:all is healed$|(?<device>[a-t]): (?<does>a write after healing|started afresh|“Try again”))/u

const DOES: Readonly<Record<string, string>> = {
  'a write after healing': 'writes once more, after everything is healed',
  'started afresh': 'starts the app afresh',
  '“Try again”': 'presses “Try again”',
}

const plannedWords = (deed: WritePlan | FaultPlan, turn: string | undefined, callOf: CallOf): string | undefined => {
  if ('does' in deed) return writeWords(deed, callOf)
  const { begins, ends } = faultPlanWords(deed, callOf)
  return turn === 'ends' ? ends : begins
}

/** The words of a `FieldmeshError` stand in the run as they are. */
const refusalWords = (refusal: string): string => refusal.replace(/^FieldmeshError: /u, '')

/**
 * Of what a run tells, what the stage does not tell itself.
 *
 * @returns undefined for the rest, and for the end of what was over at once
 */
export const planHappening = (step: string, callOf: CallOf): Happening | undefined => {
  if (BROKEN.test(step)) return { kind: 'broken', says: step }
  const { deed, turn, refusal } = PLANNED.exec(step)?.groups ?? {}
  if (deed !== undefined) {
    const words = plannedWords(JSON.parse(deed) as WritePlan | FaultPlan, turn, callOf)
    if (words === undefined) return undefined
    return { kind: 'deed', says: refusal === undefined ? words : `${words}: refused. ${refusalWords(refusal)}`, step }
  }
  const found = DEED.exec(step)
  if (!found) return undefined
  const { device, does } = found.groups ?? {}
  if (device === undefined || does === undefined) return { kind: 'deed', says: 'Everything is healed', step }
  return { kind: 'deed', says: `${callOf(device)} ${DOES[does]}`, step }
}

/**
 * Runs a plan in the world of a stage, with every check there is, exactly as `npm run worlds` does; what it does and
 * finds is in the stage's history.
 */
export const runPlan = (stage: Stage, plan: WorldPlan): Promise<WorldOutcome> => {
  const run = createRunner({ createWorld: () => stage.world, watch: watchWorld, check: checkWorld, checkStopped })
  const trace = (_at: number, says: string): void => {
    const happening = planHappening(says, stage.callOf)
    if (happening) stage.note(happening)
  }
  return run(plan, { trace })
}
