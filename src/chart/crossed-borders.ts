import type { ChartModel, ChartState } from './chart.types.ts'
import type { VisibleEdge } from './visible-chart.ts'

/** By state: the ids of all that it is in, without itself. */
const surroundings = ({ root }: ChartModel): Map<string, ReadonlySet<string>> => {
  const found = new Map<string, ReadonlySet<string>>()
  const walk = (state: ChartState, around: readonly string[]): void => {
    found.set(state.id, new Set(around))
    for (const inner of state.states) walk(inner, [...around, state.id])
  }
  walk(root, [])
  return found
}

/** Ids of the states whose border some arrow crosses, or leaves inwards: it leads from or to what is in them. */
export const crossedBorders = (model: ChartModel, edges: readonly VisibleEdge[]): ReadonlySet<string> => {
  const around = surroundings(model)
  const aroundOne = (one: string, other: string): string[] =>
    [...(around.get(one) ?? [])].filter((id) => !around.get(other)?.has(id))
  return new Set(edges.flatMap(({ source, target }) => [...aroundOne(source, target), ...aroundOne(target, source)]))
}
