import { countsOf, machineSection } from './machine-section.ts'
import type { AtlasEntry } from './entries.ts'
import { anchorOf, link, paragraphs, table } from './markdown.ts'
import { type Subject, subjectOf } from './subject.ts'
import { systemDiagram } from './system-diagram.ts'

const contents = (subjects: readonly Subject[]): string =>
  table(
    ['Machine', 'What it does', 'In numbers'],
    subjects.map((subject) => {
      const { id, root } = subject.model
      return [link(id, anchorOf(id)), root.description ?? '', countsOf(subject)]
    }),
  )

const INTRODUCTION = `Whatever fieldmesh does in the course of time is done by a statechart: an [XState 5](https://stately.ai/docs/xstate) machine that says in which state a device is, what may happen to it there, and where that leads. The charts are the code that runs, and the tests are generated from them. They know nothing of browsers: what they need of the world sits in their seats (*ports*), an adapter in production, a simulation in tests.`

const SYSTEM = `Square boxes are machines, round ones are seats for the world: [ports.ts](ports.ts) has every word that is said across them. A solid arrow is a child that lives as long as a state of its parent; a dotted one stands for as many children as are needed, one for each other device and one for each message that arrives in parts.`

const READING = [
  '- **Start at the chart.** A box is a state; an arrow is a transition, with the event that it is taken on. `●` and the filled dot are where a state begins, “any of …” stands for any state inside a box, `…` marks a box that has a diagram of its own further below, `↗` one that is drawn elsewhere. Events that are dealt with without leaving the state have no arrow.',
  '- **Then the states.** Each says in one sentence what is true in it. Tags are what the outside sees of a state; one tagged `resting` may last for ever, for only a person or the world can change it. Every other has a way out of its own.',
  '- **Laws** hold in every situation that can be reached. Their ids are cited by tests.',
  '- **Words of actions** are as far as the code spells them out: “actions by case” are decided by what is at hand.',
].join('\n')

/**
 * The atlas of the machines as Markdown: the whole of machines/README.md.
 *
 * @param entries in the order of its chapters
 */
export const atlasText = (entries: readonly AtlasEntry[]): string => {
  const subjects = entries.map(subjectOf)
  return `${paragraphs([
    '<!-- Written by scripts/atlas.mjs: change the machines, then run node scripts/atlas.mjs. -->',
    '# Atlas of the machines',
    INTRODUCTION,
    contents(subjects),
    '## Who starts whom',
    SYSTEM,
    systemDiagram(subjects),
    '## How to read it',
    READING,
    ...subjects.map(machineSection),
  ])}\n`
}
