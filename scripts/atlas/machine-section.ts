import { chartPages } from './chart-pages.ts'
import { anchorOf, count, link, paragraphs } from './markdown.ts'
import type { Subject } from './subject.ts'
import {
  childrenTable,
  delaysTable,
  eventsTable,
  guardsTable,
  lawsTable,
  statesTable,
  transitionsTable,
} from './tables.ts'

/** In numbers; the machine itself is no state of it. */
export const countsOf = ({ states, model, laws }: Subject): string =>
  [count(states.length - 1, 'state'), count(model.transitions.length, 'transition'), count(laws.length, 'law')].join(
    ' · ',
  )

const reachedText = ({ reached }: Subject): string =>
  `The generated tests start it with every input and walk through ${count(reached.snapshots, 'different situation')} and the ${count(reached.edges, 'step')} between them, looking at each law after each step.`

const sourcesOf = ({ model: { id } }: Subject): string =>
  [
    link('chart', `${id}/${id}.machine.ts`),
    link('laws', `${id}/${id}.laws.ts`),
    link('view', `${id}/${id}.view.ts`),
    link('scenarios', `${id}/${id}.scenario.test.ts`),
  ].join(' · ')

const folded = (summary: string, text: string): string =>
  `<details>\n<summary>${summary}</summary>\n\n${text}\n\n</details>`

const partsOf = (subject: Subject): [name: string, text: string][] => {
  const all = `All ${count(subject.model.transitions.length, 'transition')}`
  const parts: [string, string][] = [
    ['Chart', chartPages(subject)],
    ['States', statesTable(subject)],
    ['Events', paragraphs([eventsTable(subject), folded(all, transitionsTable(subject))])],
    ['Delays', delaysTable(subject)],
    ['Guards', guardsTable(subject)],
    ['Children', childrenTable(subject)],
    ['Laws', lawsTable(subject)],
  ]
  return parts.filter(([, text]) => text !== '')
}

/** Everything about one machine. */
export const machineSection = (subject: Subject): string => {
  const { id, root } = subject.model
  const parts = partsOf(subject)
  const headingOf = (part: string) => `${part} of ${id}`
  return paragraphs([
    `## ${id}`,
    root.description ?? '',
    `**${countsOf(subject)}**. ${reachedText(subject)}`,
    parts.map(([part]) => link(part, anchorOf(headingOf(part)))).join(' · '),
    `In the code: ${sourcesOf(subject)}`,
    ...parts.map(([part, text]) => `### ${headingOf(part)}\n\n${text}`),
  ])
}
