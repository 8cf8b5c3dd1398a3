import type { ChartModel, ChartTransition } from './chart.types.ts'
import { statesWithin } from './chart-tree.ts'

const saidOf = ({ label, guard, targets }: ChartTransition, keys: ReadonlyMap<string, string>): string => {
  const what = guard === undefined ? label : `${label} [${guard}]`
  return targets.length === 0 ? `${what} stays` : `${what} to ${targets.map((id) => keys.get(id) ?? id).join(', ')}`
}

/** By state, what a drawing shows of it beyond its name: what it is for, and what leads from it where. */
export const saidOfStates = ({ root, transitions }: ChartModel): ReadonlyMap<string, string> => {
  const states = statesWithin(root)
  const keys = new Map(states.map(({ id, key }) => [id, key]))
  const ways = new Map<string, string[]>(states.map(({ id }) => [id, []]))
  for (const transition of transitions) ways.get(transition.source)?.push(saidOf(transition, keys))
  return new Map(
    states.map(({ id, description = '' }) => {
      const leads = ways.get(id)?.join('; ') ?? ''
      return [id, `${description} ${leads}`.trim()]
    }),
  )
}
