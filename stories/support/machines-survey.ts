import { type AnyMachineSnapshot, createActor, type StateValue } from 'xstate'
import { activeStates } from '../../src/chart/active-states.ts'
import { statesWithin } from '../../src/chart/chart-tree.ts'
import { statePath } from '../../machines/kit/state-path.ts'
import { type Exploration, explore } from '../../tests/support/explore.ts'
import { chartOf, type MachineId, SPECS } from './machines.ts'
import { knownAs, type Told, toldBy } from './machines-words.ts'

/** One combination of states that a machine can be in. */
export interface Configuration {
  /** Unique in the machine. */
  readonly key: string
  /** One path per region. */
  readonly paths: readonly string[]
  readonly knownAs: string
  readonly tags: readonly string[]
  readonly active: readonly string[]
  readonly context: unknown
  readonly view: unknown
  readonly told: readonly Told[]
  /** Laws that do not hold: `PEER-2: we send only while …`. */
  readonly broken: readonly string[]
}

/** Everything that a machine can be in. */
export interface Survey {
  readonly id: MachineId
  /** States in its chart, without the machine itself. */
  readonly states: number
  readonly laws: number
  /** Snapshots that the exploration told apart. */
  readonly snapshots: number
  readonly configurations: readonly Configuration[]
}

const explorations = new Map<MachineId, readonly Exploration[]>()

/** The machine’s whole graph, once a page. */
export const explorationsOf = (id: MachineId): readonly Exploration[] => {
  const known = explorations.get(id)
  if (known) return known
  const spec = SPECS[id]
  const found = (spec.inputs as readonly unknown[]).map((input) => explore(spec, input))
  explorations.set(id, found)
  return found
}

const pathsOf = ({ value, machine }: AnyMachineSnapshot): string[] => {
  if (typeof value === 'string' || machine.root.type !== 'parallel') return [statePath(value)]
  return Object.entries(value).map(([region, inner]) => `${region}.${statePath(inner as StateValue)}`)
}

/**
 * Shown through an actor that was never started, restored from value and context alone: what of it is true without the
 * way that led there. The view and the laws know children, too, and are asked of the explored snapshot itself.
 */
const configurationOf = (id: MachineId, snapshot: AnyMachineSnapshot): Configuration => {
  const spec = SPECS[id]
  const { machine, laws } = spec
  const { value, context } = snapshot
  const shown: AnyMachineSnapshot = createActor(machine, {
    snapshot: machine.resolveState({ value, context } as never),
  }).getSnapshot()
  const seen = spec.view?.(snapshot as never)
  return {
    key: JSON.stringify(value),
    paths: pathsOf(shown),
    knownAs: knownAs(id, seen),
    tags: [...shown.tags].sort(),
    active: activeStates(shown),
    context: shown.context,
    view: seen,
    told: toldBy(id, seen),
    broken: laws.filter((law) => !law.holds(snapshot as never)).map((law) => `${law.id}: ${law.says}`),
  }
}

/** Explores a machine and takes one snapshot of each combination of its states, the first that is reached. */
export const surveyOf = (id: MachineId): Survey => {
  const nodes = explorationsOf(id).flatMap((exploration) => exploration.nodes)
  const first = new Map<string, AnyMachineSnapshot>()
  for (const node of nodes) if (!first.has(JSON.stringify(node.value))) first.set(JSON.stringify(node.value), node)
  return {
    id,
    states: statesWithin(chartOf(id).root).length - 1,
    laws: SPECS[id].laws.length,
    snapshots: nodes.length,
    configurations: [...first.values()].map((node) => configurationOf(id, node)),
  }
}
