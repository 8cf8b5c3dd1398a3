import type { ChartModel, ChartState } from './chart.types.ts'
import { statesWithin } from './chart-tree.ts'

/** So few are not worth hiding. */
const FEW = 2

/** The id of the box that stands for the states of a parent that are out of focus. */
export const othersOf = (parent: string): string => `${parent} (others)`

/** The active states, and those that the innermost of them lead to. */
const concerned = ({ root, transitions }: ChartModel, active: ReadonlySet<string>): Set<string> => {
  const innermost = new Set(
    statesWithin(root)
      .filter(({ id, states }) => active.has(id) && !states.some((inner) => active.has(inner.id)))
      .map(({ id }) => id),
  )
  return new Set([
    ...active,
    ...transitions.filter(({ source }) => innermost.has(source)).flatMap(({ targets }) => targets),
  ])
}

const others = (parent: ChartState, states: readonly ChartState[]): ChartState => ({
  id: othersOf(parent.id),
  key: 'others',
  type: 'compound',
  initial: states.some(({ initial }) => initial),
  description: 'States that are neither active nor near, without what leads from them.',
  tags: [],
  children: [],
  entry: [],
  exit: [],
  states: states.map((state) => ({ ...state, initial: false })),
})

/**
 * A chart around what is active: where the machine is, and what can happen from there. In each state, those within it
 * that are neither active nor led to by what is innermost are put into one box, which is to be folded; transitions that
 * cannot be taken now are left out. Ids stay what they are.
 *
 * @param active ids of active states
 * @returns the chart, and the ids to fold
 */
export const focusChart = (
  model: ChartModel,
  active: readonly string[],
): { readonly model: ChartModel; readonly folded: ReadonlySet<string> } => {
  const lit = new Set(active)
  const near = concerned(model, lit)
  const folded = new Set<string>()
  const isNear = (state: ChartState): boolean => statesWithin(state).some(({ id }) => near.has(id))
  const focus = (state: ChartState): ChartState => {
    if (!lit.has(state.id)) {
      if (state.states.length > 0) folded.add(state.id)
      return state
    }
    const far = state.type === 'parallel' ? [] : state.states.filter((inner) => !isNear(inner))
    if (far.length <= FEW) return { ...state, states: state.states.map(focus) }
    folded.add(othersOf(state.id))
    for (const each of far.flatMap(statesWithin)) if (each.states.length > 0) folded.add(each.id)
    return { ...state, states: [...state.states.filter(isNear).map(focus), others(state, far)] }
  }
  const transitions = model.transitions.filter(({ source }) => lit.has(source))
  return { model: { ...model, root: focus(model.root), transitions }, folded }
}
