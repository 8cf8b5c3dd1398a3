import type { AnyStateMachine, AnyStateNode } from 'xstate'
import type { ChartChild } from './chart.types.ts'
import { describeSeat, logicIn } from './describe-seat.ts'
import { type BuiltInAction, isBuiltInAction } from './words-of-action.ts'
import { seatsSpawnedIn } from './words-of-source.ts'

const bySpawnChild = (machine: AnyStateMachine, { src, id, systemId }: BuiltInAction): ChartChild => {
  const seat = describeSeat(machine, src)
  return {
    id: typeof id === 'string' ? id : seat.src,
    ...seat,
    how: 'spawned',
    ...(typeof id !== 'string' && { numbered: true }),
    ...(typeof systemId === 'string' && { systemId }),
  }
}

const byFunction = (machine: AnyStateMachine, fn: unknown): ChartChild[] =>
  seatsSpawnedIn(fn)
    .filter((src) => logicIn(machine, src) !== undefined)
    .map((src) => ({ id: src, ...describeSeat(machine, src), how: 'spawned', numbered: true }))

const functionsIn = (assignment: unknown): unknown[] =>
  typeof assignment === 'object' && assignment !== null ? Object.values(assignment) : [assignment]

const nameOf = (action: unknown): string | undefined => {
  if (typeof action === 'string') return action
  const isNamed = typeof action === 'object' && action !== null && 'type' in action
  return isNamed && typeof action.type === 'string' ? action.type : undefined
}

/** A named action does what the machine's implementations say. */
const implementationOf = (machine: AnyStateMachine, action: unknown): unknown => {
  const name = nameOf(action)
  if (name === undefined) return action
  return (machine.implementations.actions as Readonly<Record<string, unknown>>)[name]
}

const byAction = (machine: AnyStateMachine, declared: unknown): ChartChild[] => {
  const action = implementationOf(machine, declared)
  if (!isBuiltInAction(action)) return []
  if (action.type === 'xstate.spawnChild') return [bySpawnChild(machine, action)]
  return [action.collect, ...functionsIn(action.assignment)].flatMap((fn) => byFunction(machine, fn))
}

const actionsOf = (node: AnyStateNode): unknown[] => [
  ...node.entry,
  ...node.initial.actions,
  ...[...node.transitions.values(), node.always ?? []].flat().flatMap(({ actions }) => actions),
  ...node.exit,
]

/** A machine may spawn while it makes its first context. */
const atStart = ({ parent, machine }: AnyStateNode): ChartChild[] =>
  parent === undefined ? byFunction(machine, machine.config.context) : []

/** What a state's entry, exit and transitions spawn, each once. */
export const describeSpawned = (node: AnyStateNode): ChartChild[] => {
  const spawned = [...atStart(node), ...actionsOf(node).flatMap((action) => byAction(node.machine, action))]
  return [...new Map(spawned.map((child) => [`${child.src} ${child.id}`, child])).values()]
}
