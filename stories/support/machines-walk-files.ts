import { statesWithin } from '../../src/chart/chart-tree.ts'
import type { ChartState } from '../../src/chart/chart.types.ts'
import { chartOf, type MachineId, SPECS } from './machines.ts'
import { destinationsOf } from './machines-walks.ts'

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`

/** Ids may be anything; keys, from the outermost, tell where a state is. */
const keysOf = (root: ChartState): ReadonlyMap<string, readonly string[]> => {
  const keys = new Map<string, readonly string[]>()
  const walk = (state: ChartState, path: readonly string[]): void => {
    keys.set(state.id, path)
    for (const inner of state.states) walk(inner, [...path, inner.key])
  }
  walk(root, [])
  return keys
}

const storyOf = (id: MachineId, to: string, keys: readonly string[]): string => `
export const ${keys.map(capital).join('')}: Story = {
  name: '${keys.join('.')}',
  args: { machine: '${id}', to: '${to}' },
}
`

const fileOf = (id: MachineId): string => {
  const { root } = chartOf(id)
  const keys = keysOf(root)
  const wanted = new Set(destinationsOf(id))
  const inOrder = statesWithin(root).filter((state) => wanted.has(state.id))
  return `// Written by stories/support/machines-write.ts from the machine; a test tells when the two differ.
import type { Meta, StoryObj } from '@storybook/react-vite'
import { MachineWalk, walking } from '../support/machines-walk.tsx'

const meta = {
  title: 'Machines/${id}/Walks',
  component: MachineWalk,
  tags: ['!autodocs'],
  ...walking,
} satisfies Meta<typeof MachineWalk>
export default meta
type Story = StoryObj<typeof meta>
${inOrder.map(({ id: to }) => storyOf(id, to, keys.get(to) ?? [])).join('')}`
}

/** The files of all walks, by their names in `stories/machines`. */
export const walkFiles = (): ReadonlyMap<string, string> =>
  new Map((Object.keys(SPECS) as MachineId[]).map((id) => [`${id}.walks.stories.tsx`, fileOf(id)]))
