import type { ChartModel, ChartState } from '#chart/chart.types'
import { statesWithin } from '#chart/chart-tree'

interface Seat {
  readonly state: ChartState
  readonly parent?: ChartState
}

const seats = new WeakMap<ChartModel, readonly Seat[]>()

const seatsIn = (model: ChartModel): readonly Seat[] => {
  const known =
    seats.get(model) ??
    statesWithin(model.root).flatMap((parent) => parent.states.map((state): Seat => ({ state, parent })))
  seats.set(model, known)
  return known
}

/**
 * The sentence of the state that a chart came to: of its innermost state, or of the one around it where both are new.
 * Of a chart that begins: what it is for.
 *
 * @param before ids of its states before; none where it begins
 */
export const enteredWords = (
  model: ChartModel,
  before: readonly string[],
  after: readonly string[],
): string | undefined => {
  if (before.length === 0) return model.root.description
  const isNew = (id: string) => after.includes(id) && !before.includes(id)
  const seat = seatsIn(model).find(
    ({ state: { id, states } }) => isNew(id) && !states.some((inner) => after.includes(inner.id)),
  )
  if (!seat) return undefined
  const { state, parent } = seat
  return (parent && isNew(parent.id) && parent.description) || state.description
}
