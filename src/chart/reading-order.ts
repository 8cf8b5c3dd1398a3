import type { ChartModel, ChartState } from './chart.types.ts'

/** A state’s children in the order in which they are read: where it begins, then as they are declared. */
export const readingOrder = ({ states }: ChartState): readonly ChartState[] => [
  ...states.filter(({ initial }) => initial),
  ...states.filter(({ initial }) => !initial),
]

/** Each state’s place in the order in which a chart is read, parents before what is in them. */
export const placesInOrder = ({ root }: ChartModel): ReadonlyMap<string, number> => {
  const places = new Map<string, number>()
  const walk = (state: ChartState): void => {
    places.set(state.id, places.size)
    for (const inner of readingOrder(state)) walk(inner)
  }
  walk(root)
  return places
}
