import { fenced } from './markdown.ts'
import type { Subject } from './subject.ts'

interface Descent {
  readonly parent: string
  readonly child: string
  readonly how: 'invoked' | 'spawned'
  readonly isMachine: boolean
}

const descentOf = ({ model, states }: Subject): Descent[] =>
  states.flatMap(({ children }) =>
    children.map(({ src, machine, how }) => ({
      parent: model.id,
      child: machine ?? src,
      how,
      isMachine: machine !== undefined,
    })),
  )

// A box for each machine, one for each seat of each machine: `socket` and `transport` have one parent each.
const nameOf = (id: string): string => `n_${id.replaceAll(/[^A-Za-z0-9]/g, '_')}`
const arrowOf = ({ parent, child, how }: Descent): string =>
  `${nameOf(parent)} ${how === 'invoked' ? '-->' : '-. many .->'} ${nameOf(child)}`
const seatOf = ({ child }: Descent): string => `${nameOf(child)}(["${child}"])`

/** Which machine starts which, and what adapters they speak to. */
export const systemDiagram = (subjects: readonly Subject[]): string => {
  const descents = subjects.flatMap(descentOf)
  const lines = [
    ...subjects.map(({ model }) => `${nameOf(model.id)}["${model.id}"]`),
    ...descents.filter(({ isMachine }) => !isMachine).map(seatOf),
    ...descents.map(arrowOf),
  ]
  return fenced('mermaid', ['flowchart TD', ...new Set(lines.map((line) => `  ${line}`))].join('\n'))
}
