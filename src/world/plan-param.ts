import { base64url } from '#model/base64url'
import { parsePlan, planText } from './plan-text.ts'
import type { WorldPlan } from './plan.types.ts'

/** A plan in letters, digits, `-` and `_` alone: what an address carries unchanged. `planOfParam` reads it. */
export const planParam = (plan: WorldPlan): string => base64url(new TextEncoder().encode(planText(plan)))

/**
 * The plan in an address.
 *
 * @throws Error that says what is wrong with it
 */
export const planOfParam = (param: string): WorldPlan => parsePlan(textOf(param))

const textOf = (param: string): string => {
  try {
    const bytes = atob(param.replaceAll('-', '+').replaceAll('_', '/'))
    return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)))
  } catch {
    throw new Error('not a plan: it is no base64url text')
  }
}
