import { type AnyMachineSnapshot, type EventObject, initialTransition, transition } from 'xstate'
import { getAdjacencyMap } from 'xstate/graph'
import { brokenRules } from './explore-history.ts'
import type { AnyMachineSpec } from './machine-spec.ts'

/** One event, and the snapshot that the model says it leads to. */
export interface Step {
  readonly event: EventObject
  readonly predicted: AnyMachineSnapshot
}

/** The shortest way to a state, then one of its edges. */
export interface Path {
  readonly name: string
  readonly steps: readonly Step[]
}

export interface Exploration {
  readonly input: unknown
  /** Reachable snapshots, told apart by the spec's `identify`. */
  readonly nodes: readonly AnyMachineSnapshot[]
  readonly edges: number
  /** Together they take every edge of the graph. */
  readonly paths: readonly Path[]
}

interface Edge {
  readonly event: EventObject
  readonly state: AnyMachineSnapshot
}

/** Raised by the machine itself, never by its surroundings. */
const isInternal = (type: string): boolean => type.startsWith('xstate.done.state.') || type === 'xstate.route'

const samplesOf = (spec: AnyMachineSpec, type: string): readonly EventObject[] => {
  const samples = spec.samples[type]
  if (samples !== undefined) return samples
  if (type.includes('*')) throw new Error(`give samples for the wildcard "${type}" of ${spec.machine.id}`)
  return [{ type }]
}

/**
 * What can happen to a snapshot: the descriptors of its own active states, each replaced by its samples, without what
 * the rules of history exclude.
 */
export const possibleIn = (spec: AnyMachineSpec, snapshot: AnyMachineSnapshot): EventObject[] => {
  if (snapshot.status !== 'active') return []
  // `ownEvents` would leave out the transitions that deliberately do nothing
  const types = new Set<string>(snapshot._nodes.flatMap((node) => [...node.transitions.keys()]))
  return [...types]
    .filter((type) => !isInternal(type))
    .flatMap((type) => samplesOf(spec, type))
    .filter((event) => brokenRules(snapshot, event).length === 0)
}

/** Of what can happen, what the graph follows. */
export const eventsOf = (spec: AnyMachineSpec, snapshot: AnyMachineSnapshot): EventObject[] =>
  possibleIn(spec, snapshot).filter((event) => spec.focus?.(snapshot, event) ?? true)

/** What tells a snapshot from others in the graph of its machine. */
export const identify = (spec: AnyMachineSpec, snapshot: AnyMachineSnapshot): string => {
  const { value, context, children, status } = snapshot
  return JSON.stringify([
    status,
    value,
    spec.identify?.(snapshot) ?? { context, children: Object.keys(children).sort() },
  ])
}

const labelOf = ({ value }: AnyMachineSnapshot): string => (typeof value === 'string' ? value : JSON.stringify(value))

const nameOf = (end: AnyMachineSnapshot, steps: readonly Step[]): string => {
  const events = steps.slice(1).map(({ event }) => event.type)
  return `${labelOf(end)} ← ${events.join(' > ') || 'start'}`
}

/**
 * Pure `transition()` as the traversal's logic: unlike the machine's own, it brings a fresh actor system to every
 * step, so that children with a systemId do not meet their own ghosts.
 */
const adjacency = (spec: AnyMachineSpec, input: unknown) => {
  const { machine, limit = 10_000 } = spec
  const logic = {
    transition: (snapshot: AnyMachineSnapshot, event: EventObject) => transition(machine, snapshot, event)[0],
    getInitialSnapshot: () => initialTransition(machine, input)[0],
    getPersistedSnapshot: (snapshot: AnyMachineSnapshot) => snapshot,
  }
  try {
    return getAdjacencyMap(logic, {
      limit,
      events: (snapshot: AnyMachineSnapshot) => eventsOf(spec, snapshot),
      serializeState: (snapshot: AnyMachineSnapshot) => identify(spec, snapshot),
    })
  } catch (error) {
    const hint = `${machine.id} cannot be explored; beyond ${limit} edges give fewer samples, or identify less`
    throw new Error(hint, { cause: error })
  }
}

/**
 * The reachable graph of a machine, breadth first, as paths. A path whose last edge leads to a state seen for the
 * first time is left out where longer ones begin with it.
 */
export const explore = (spec: AnyMachineSpec, input: unknown): Exploration => {
  const graph = Object.entries(adjacency(spec, input))
  const ways = new Map<string, readonly Step[]>()
  const paths: Path[] = []
  let edges = 0
  for (const [key, { state, transitions }] of graph) {
    const way = ways.get(key) ?? [{ event: { type: 'xstate.init' }, predicted: state }]
    ways.set(key, way)
    const onward: readonly Edge[] = Object.values(transitions)
    edges += onward.length
    if (onward.length === 0) paths.push({ name: nameOf(state, way), steps: way })
    for (const edge of onward) {
      const steps = [...way, { event: edge.event, predicted: edge.state }]
      const target = identify(spec, edge.state)
      if (ways.has(target)) paths.push({ name: nameOf(edge.state, steps), steps })
      else ways.set(target, steps)
    }
  }
  return { input, nodes: graph.map(([, { state }]) => state), edges, paths }
}

const known = new WeakMap<AnyMachineSpec, readonly Exploration[]>()

/** The graph of each input of a spec; explored once. */
export const explorationsOf = (spec: AnyMachineSpec): readonly Exploration[] => {
  const found = known.get(spec) ?? spec.inputs.map((input) => explore(spec, input))
  known.set(spec, found)
  return found
}
