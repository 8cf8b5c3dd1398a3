import type { ChartModel, ChartState } from './chart.types.ts'

/** A state and all within it, the outer ones first. */
export const statesWithin = (state: ChartState): ChartState[] => [state, ...state.states.flatMap(statesWithin)]

/** Each state’s parent; none for the root. */
export const parentsIn = ({ root }: ChartModel): ReadonlyMap<string, ChartState> =>
  new Map(statesWithin(root).flatMap((state) => state.states.map((inner) => [inner.id, state] as const)))
