import type { ChartModel } from '#chart/chart.types'
import { parentsIn, statesWithin } from '#chart/chart-tree'
import type { SeenActor, SeenActors } from '../records.types.ts'
import type { ShownDevice } from './timeline.ts'
import { stateName } from './words.ts'

/** One line of the tree. */
export interface ActorNode {
  readonly device: string
  readonly seen: SeenActor
  /** From 1. */
  readonly level: number
  /** Its place among those of the same parent, from 1, and how many they are. */
  readonly place: number
  readonly siblings: number
}

const PEER = 'peer:'
const SHORT = 6

/** An actor’s name for people; one that stands for a known device bears that device’s name. */
export const actorName = (id: string, devices: readonly ShownDevice[]): string => {
  if (!id.startsWith(PEER)) return id
  const peerId = id.slice(PEER.length)
  return `peer ${devices.find(({ log }) => log?.peerId === peerId)?.title ?? peerId.slice(0, SHORT)}`
}

/** The root bears no name of its own in XState: its machine’s. */
export const nameOf = (
  { id, actor, machine }: Pick<SeenActor, 'id' | 'actor' | 'machine'>,
  devices: readonly ShownDevice[],
) => actorName(id === actor ? (machine ?? id) : id, devices)

/** The innermost of the active states: what they are in is said by them. */
export const innermost = (chart: ChartModel | undefined, states: readonly string[]): readonly string[] => {
  if (!chart) return states.filter((id) => !states.some((other) => other.startsWith(`${id}.`)))
  const parents = parentsIn(chart)
  const outer = new Set(states.flatMap((id) => parents.get(id)?.id ?? []))
  return states.filter((id) => !outer.has(id))
}

/** The innermost active states, that of the largest region first: it is what the machine is about. */
export const tellingStates = (chart: ChartModel | undefined, states: readonly string[]): readonly string[] => {
  const leaves = innermost(chart, states)
  if (!chart) return leaves
  const regions = chart.root.states.map((region) => statesWithin(region).map(({ id }) => id))
  const weight = (id: string): number => regions.find((region) => region.includes(id))?.length ?? 0
  return leaves.toSorted((a, b) => weight(b) - weight(a))
}

const regionsOf = new WeakMap<ChartModel, ReadonlyMap<string, string>>()

/** Key of the parallel region that each state lies in, the innermost one. */
const regionsIn = (chart: ChartModel): ReadonlyMap<string, string> => {
  const known = regionsOf.get(chart)
  if (known) return known
  const regions = new Map<string, string>()
  const open = chart.root.states.map((state) => ({ state, parent: chart.root, region: '' }))
  for (let next = open.pop(); next; next = open.pop()) {
    const { state, parent, region } = next
    // A region that is itself a leaf bears its own name already.
    if (region !== '' && parent.type !== 'parallel') regions.set(state.id, region)
    const own = parent.type === 'parallel' ? state.key : region
    for (const inner of state.states) open.push({ state: inner, parent: state, region: own })
  }
  regionsOf.set(chart, regions)
  return regions
}

/** A state with the parallel region it lies in, such as `link.ready`: states of several regions may share a name. */
export const stateWithRegion = (chart: ChartModel | undefined, id: string): string => {
  const region = chart && regionsIn(chart).get(id)
  return region ? `${region}.${stateName(chart, id)}` : stateName(chart, id)
}

/** The innermost active states in words; where two would sound alike, with their regions. */
export const stateWords = (chart: ChartModel | undefined, states: readonly string[]): readonly string[] => {
  const telling = tellingStates(chart, states)
  const names = telling.map((id) => stateName(chart, id))
  const isTwice = (name: string) => names.indexOf(name) !== names.lastIndexOf(name)
  return names.map((name, at) => (isTwice(name) ? stateWithRegion(chart, telling[at] ?? '') : name))
}

/** Of actors that ended and bore the same name, the last one stands for all, and none where one lives. */
const withoutPredecessors = (actors: SeenActors, kept: string | undefined): SeenActor[] => {
  const placeOf = ({ parent, id }: SeenActor) => `${parent} ${id}`
  const last = new Map(Object.values(actors).map((seen) => [placeOf(seen), seen] as const))
  for (const seen of Object.values(actors)) if (seen.status === 'active') last.set(placeOf(seen), seen)
  return Object.values(actors).filter((seen) => last.get(placeOf(seen)) === seen || seen.actor === kept)
}

/** The lines of actors of one parent, the last one first. */
const linesOf = (device: string, actors: readonly SeenActor[], level: number): ActorNode[] =>
  actors.map((seen, at) => ({ device, seen, level, place: at + 1, siblings: actors.length })).reverse()

/**
 * All actors of a device, each below its parent; those whose parent is not known stand at the top, and of those that
 * are one another’s parents the first one.
 *
 * @param kept is there in any case
 */
export const actorTree = (device: string, actors: SeenActors, kept?: string): readonly ActorNode[] => {
  const shown = withoutPredecessors(actors, kept)
  const children = Map.groupBy(shown, ({ parent }) =>
    parent !== undefined && Object.hasOwn(actors, parent) ? parent : '',
  )
  const nodes = new Map<string, ActorNode>()
  const descend = (tops: readonly SeenActor[]): void => {
    // A stack, not recursion: a recording can be as deep as it is long.
    const open = linesOf(device, tops, 1)
    for (let node = open.pop(); node; node = open.pop()) {
      const { seen, level } = node
      if (nodes.has(seen.actor)) continue
      nodes.set(seen.actor, node)
      for (const child of linesOf(device, children.get(seen.actor) ?? [], level + 1)) open.push(child)
    }
  }
  descend(children.get('') ?? [])
  for (const seen of shown) if (!nodes.has(seen.actor)) descend([seen])
  return [...nodes.values()]
}
