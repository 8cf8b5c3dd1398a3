import type { ChartModel, ChartState } from './chart.types.ts'
import { statesWithin } from './chart-tree.ts'

/** States that a chart shows at once and stays readable. */
export const STATES_AT_ONCE = 32

const hasStates = ({ states }: ChartState): boolean => states.length > 0

/** Opens what is open to the eye level by level, as long as there is room for all of a level. */
const openWhileRoom = (root: ChartState, open: Set<string>, budget: number): void => {
  let room = budget
  let level: readonly ChartState[] = [root]
  while (level.length > 0) {
    const closed = level.filter((state) => hasStates(state) && !open.has(state.id))
    room -= closed.reduce((sum, state) => sum + state.states.length, 0)
    if (room < 0) return
    for (const { id } of closed) open.add(id)
    level = level.flatMap(({ states }) => states)
  }
}

/**
 * Which states to fold so that a chart stays readable: none in a small machine; in a large one what is active is open,
 * and of the rest as much as there is room for.
 *
 * @param active ids of active states, as `activeStates` gives them
 * @param budget states shown at once; what is active is shown in any case
 * @returns ids of the states to fold
 */
export const autoFold = (
  { root }: ChartModel,
  active: readonly string[],
  budget: number = STATES_AT_ONCE,
): ReadonlySet<string> => {
  const all = statesWithin(root)
  const inner = all.filter((state) => state !== root && hasStates(state))
  if (all.length <= budget) return new Set()
  const lit = new Set(active)
  const open = new Set([root.id, ...inner.filter(({ id }) => lit.has(id)).map(({ id }) => id)])
  const shown = all.filter(({ id }) => open.has(id)).reduce((sum, state) => sum + state.states.length, 1)
  openWhileRoom(root, open, budget - shown)
  return new Set(inner.filter(({ id }) => !open.has(id)).map(({ id }) => id))
}
