import type { ChartTransition } from './chart.types.ts'

/** Place among the candidates for the same event in the same state, from 0. */
const placeOf = ({ id }: ChartTransition): number => Number(/\[(\d+)\]--> /.exec(id)?.[1] ?? 0)

/**
 * When a transition is taken, as a person reads it: `if isOpen`; `otherwise` where those written before it have guards
 * and it has none; '' for always.
 */
export const wordsOfCondition = (transition: ChartTransition): string => {
  if (transition.guard !== undefined) return `if ${transition.guard}`
  return placeOf(transition) > 0 ? 'otherwise' : ''
}
