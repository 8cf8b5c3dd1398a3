import * as v from 'valibot'
import type { ChartModel, ChartState, ChartTransition } from '#chart/chart.types'
import { isBoundedJson } from './bounded-json.ts'
import { cutText } from './cut-text.ts'
import { chartSchema } from './recording-schema.ts'

/** States and transitions, each with some dozens of parts. */
const MOST_VALUES = 1_000_000

const fitState = (state: ChartState): ChartState => ({
  ...state,
  id: cutText(state.id),
  key: cutText(state.key),
  ...(state.description !== undefined && { description: cutText(state.description) }),
  entry: state.entry.map(cutText),
  exit: state.exit.map(cutText),
  states: state.states.map(fitState),
})

const fitTransition = (transition: ChartTransition): ChartTransition => ({
  ...transition,
  id: cutText(transition.id),
  source: cutText(transition.source),
  targets: transition.targets.map(cutText),
  event: cutText(transition.event),
  label: cutText(transition.label),
  ...(transition.guard !== undefined && { guard: cutText(transition.guard) }),
  actions: transition.actions.map(cutText),
  ...(transition.description !== undefined && { description: cutText(transition.description) }),
})

/** A chart with its texts cut to what a recording may hold; undefined for one that no recording can. */
export const fitChart = (chart: ChartModel): ChartModel | undefined => {
  const cut = { ...chart, root: fitState(chart.root), transitions: chart.transitions.map(fitTransition) }
  return isBoundedJson({ charts: [cut] }, MOST_VALUES) && v.is(chartSchema, cut) ? cut : undefined
}
