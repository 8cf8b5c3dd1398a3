import { checkStopped, checkWorld, watchWorld } from '#world/checkers'
import type { WorldPlan } from '#world/plan.types'
import { createRunner } from '#world/run-world'
import type { WorldOutcome } from '#world/run-world.types'
import type { Happening } from './moment.types.ts'
import type { Stage } from './stage.types.ts'

/** Of what a run tells, what the charts and messages on the stage do not tell themselves. */
const DEED = /^(?:fault (?:begins|ends): |all is healed|[a-t]: (?:\{|a write after|started afresh|“Try again”))/
const BROKEN = /^(?:WORLD|RUN)-\w+: /

/** What a plan does, its JSON in a few words. */
const wordsOf = (says: string): string =>
  says.replace(/\{.*\}/, (text) => {
    const { at: _at, ms: _ms, device: _device, ...deed } = JSON.parse(text) as Record<string, unknown>
    const own = says.startsWith('fault') && typeof _device === 'string' ? [_device] : []
    return [
      ...own,
      ...Object.values(deed).map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
    ].join(' ')
  })

const happeningOf = (says: string): Happening | undefined => {
  if (BROKEN.test(says)) return { kind: 'broken', says }
  return DEED.test(says) ? { kind: 'deed', says: wordsOf(says) } : undefined
}

/**
 * Runs a plan in the world of a stage, with every check there is, exactly as `npm run worlds` does; what it does and
 * finds is in the stage's history.
 */
export const runPlan = (stage: Stage, plan: WorldPlan): Promise<WorldOutcome> => {
  const run = createRunner({ createWorld: () => stage.world, watch: watchWorld, check: checkWorld, checkStopped })
  const trace = (_at: number, says: string): void => {
    const happening = happeningOf(says)
    if (happening) stage.note(happening)
  }
  return run(plan, { trace })
}
