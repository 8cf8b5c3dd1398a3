import type { WorldPlan } from '#world/plan.types'
import type { WorldOutcome } from '#world/run-world.types'

/** What a worker is asked to do. */
export type Task =
  | { readonly type: 'run'; readonly plan: WorldPlan; readonly twice: boolean }
  /** Make it smaller while this rule stays broken. */
  | { readonly type: 'shrink'; readonly plan: WorldPlan; readonly rule: string }

/** What it says. The plan itself stays at home. */
export type Outcome = Omit<WorldOutcome, 'plan'>
export type Reply =
  | { readonly type: 'ready' }
  | { readonly type: 'alive' }
  | { readonly type: 'ran'; readonly outcome: Outcome }
  | { readonly type: 'shrunk'; readonly plan: WorldPlan }
