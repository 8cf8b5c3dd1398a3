import { type AnyMachineSnapshot, type AnyStateNode, type EventObject, transition } from 'xstate'
import { explorationsOf, identify, possibleIn } from './explore.ts'
import type { AnyMachineSpec } from './machine-spec.ts'
import { withinRegion } from './structural-laws.ts'

/** What comes to pass though no person and no other device does anything. */
interface Course {
  readonly events: RegExp
  readonly because: string
  /** State of the machine in which it is owed; elsewhere it may never come. */
  readonly while?: Parameters<AnyMachineSnapshot['matches']>[0]
}

export const COURSES: readonly Course[] = [
  { events: /^xstate\.after\./, because: 'time passes' },
  { events: /^pulse\.beat$/, because: 'the heart beats as long as it lives' },
  {
    events: /^xstate\.(done|error)\.actor\.(openStore|closeStore)$/,
    because: 'a request is answered, one way or the other',
  },
  { events: /^xstate\.done\.actor\.reassembly:/, because: 'a message is whole or given up in the end' },
  { events: /^replicator\.(packed|current)$/, because: 'who is asked to pack answers, exactly once' },
  {
    events: /^leadership\.(acquired|blocked|failed)$/,
    because: 'who asks for the log is told whether it is free',
    while: { active: { opening: 'acquiring' } },
  },
  {
    events: /^xstate\.done\.actor\.mesh$/,
    because: 'a mesh that was told to close ends',
    while: { active: { up: 'leaving' } },
  },
]

const comesByItself = (snapshot: AnyMachineSnapshot, { type }: EventObject): boolean =>
  COURSES.some((course) => course.events.test(type) && (course.while === undefined || snapshot.matches(course.while)))

/** Each region is where it may stay for ever: in a state tagged `resting`, a final one, or one the spec names. */
const isAtRest = ({ rests = {} }: AnyMachineSpec, { status, _nodes }: AnyMachineSnapshot): boolean => {
  const may = (node: AnyStateNode) => node.tags.includes('resting') || node.type === 'final' || node.id in rests
  const leaves = _nodes.filter((node) => Object.keys(node.states).length === 0)
  return status !== 'active' || leaves.every((leaf) => withinRegion(leaf).some(may))
}

interface Place {
  readonly snapshot: AnyMachineSnapshot
  readonly onward: readonly string[]
}

/** Every snapshot of a graph, and where each of them is led by what comes to pass by itself. */
const placesOf = (spec: AnyMachineSpec, nodes: readonly AnyMachineSnapshot[]): ReadonlyMap<string, Place> => {
  const places = new Map<string, Place>()
  const open = [...nodes]
  for (let snapshot = open.pop(); snapshot !== undefined; snapshot = open.pop()) {
    const key = identify(spec, snapshot)
    if (places.has(key)) continue
    const here = snapshot
    const next = possibleIn(spec, here)
      .filter((event) => comesByItself(here, event))
      .map((event) => transition(spec.machine, here, event)[0])
    places.set(key, { snapshot, onward: next.map((each) => identify(spec, each)) })
    open.push(...next)
  }
  return places
}

/** Steps from each place to the nearest rest; none where there is no way. */
const stepsToRest = (spec: AnyMachineSpec, places: ReadonlyMap<string, Place>): ReadonlyMap<string, number> => {
  const steps = new Map<string, number>()
  for (const [key, { snapshot }] of places) if (isAtRest(spec, snapshot)) steps.set(key, 0)
  for (let count = 1, isNew = true; isNew; count++) {
    const found = [...places].filter(([key, { onward }]) => !steps.has(key) && onward.some((each) => steps.has(each)))
    for (const [key] of found) steps.set(key, count)
    isNew = found.length > 0
  }
  return steps
}

/** How a machine comes to rest when it is left alone. */
export interface Repose {
  readonly snapshots: number
  /** Steps that the farthest of them is away from rest. */
  readonly farthest: number
  /** State values that nothing leads on from by itself, or only in a circle. */
  readonly restless: readonly string[]
}

/**
 * From every reachable snapshot, what comes to pass by itself (`COURSES`: time, the heartbeat, the ends of children,
 * owed answers) leads to rest. No person and no other device takes part. As this holds wherever such a step leads too,
 * whatever is fair to all its timers and children does arrive.
 */
export const reposeOf = (spec: AnyMachineSpec): Repose => {
  const each = explorationsOf(spec).map(({ nodes }) => {
    const places = placesOf(spec, nodes)
    const steps = stepsToRest(spec, places)
    const restless = [...places].filter(([key]) => !steps.has(key))
    return { places, steps, restless: restless.map(([, { snapshot }]) => JSON.stringify(snapshot.value)) }
  })
  return {
    snapshots: each.reduce((sum, { places }) => sum + places.size, 0),
    farthest: Math.max(...each.flatMap(({ steps }) => [...steps.values()])),
    restless: [...new Set(each.flatMap(({ restless }) => restless))],
  }
}
