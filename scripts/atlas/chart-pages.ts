import type { ChartState } from '#chart/chart.types'
import { toMermaid } from '#chart/mermaid'
import { fenced, paragraphs } from './markdown.ts'
import type { Subject } from './subject.ts'

/** A state with more states inside than these has a diagram of its own: GitHub’s drawings get small soon. */
const INSIDE = 5

const countInside = ({ states }: ChartState): number => states.reduce((sum, state) => sum + 1 + countInside(state), 0)

/** The states inside that are drawn elsewhere, the nearest only. */
const foldedIn = ({ states }: ChartState): ChartState[] =>
  states.flatMap((state) => (countInside(state) > INSIDE ? [state] : foldedIn(state)))

const page = (subject: Subject, top: ChartState): string => {
  const folded = foldedIn(top)
  const isWhole = top === subject.model.root
  const heading = isWhole ? '' : `#### ${subject.model.id}: ${subject.pathOf(top.id)}`
  const diagram = toMermaid(subject.model, { top: top.id, folded: folded.map(({ id }) => id) })
  const words = isWhole ? '' : (top.description ?? '')
  return paragraphs([heading, words, fenced('mermaid', diagram), ...folded.map((state) => page(subject, state))])
}

/** A machine as diagrams: one of the whole, and one of each part that is too large to be seen in it. */
export const chartPages = (subject: Subject): string => page(subject, subject.model.root)
