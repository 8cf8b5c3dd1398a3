import type { AnyStateMachine } from 'xstate'
import type { ChartModel, ChartState } from '#chart/chart.types'
import { describeMachine } from '#chart/describe-machine'
import { code } from './markdown.ts'
import type { AtlasEntry } from './entries.ts'

/** One machine with what the tables of the atlas ask of it again and again. */
export interface Subject extends AtlasEntry {
  readonly machine: AnyStateMachine
  readonly model: ChartModel
  /** The machine and everything in it, in the order in which they are written. */
  readonly states: readonly ChartState[]
  /** A state by its place in the machine, such as `link.waiting`. */
  readonly pathOf: (id: string) => string
}

const placesOf = (state: ChartState, path: readonly string[]): [state: ChartState, path: readonly string[]][] => [
  [state, path],
  ...state.states.flatMap((inner) => placesOf(inner, [...path, inner.key])),
]

export const subjectOf = (entry: AtlasEntry): Subject => {
  const model = describeMachine(entry.machine, { delays: entry.delays })
  const places = placesOf(model.root, [])
  const paths = new Map(places.map(([{ id }, path]) => [id, path.join('.')]))
  return {
    ...entry,
    model,
    states: places.map(([state]) => state),
    pathOf: (id) => paths.get(id) || 'everywhere',
  }
}

/** Places as one text: those where it is, each once. */
export const placesText = ({ pathOf }: Subject, ids: readonly string[]): string =>
  [...new Set(ids)]
    .map(pathOf)
    .map((path) => (path === 'everywhere' ? path : code(path)))
    .join(', ')
