import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import { FieldmeshError } from '#model/fault'
import type { ChartModel } from './chart.types.ts'
import { describeState } from './describe-state.ts'
import { namesOfCall, wordsOfCall } from './words-of-call.ts'
import { describeTransition, type KnownDelays } from './describe-transition.ts'

export interface DescribeOptions {
  /** By the name of a delay (an unnamed one's ms as text): why it is so long; and its ms, where a function makes it. */
  readonly delays?: KnownDelays
  /** Whether what guards and actions are declared with is told, or the names of their parameters alone; default `values`. */
  readonly params?: 'values' | 'names'
}

const nodesOf = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(nodesOf)]

const declaredIn = (node: AnyStateNode): AnyTransitionDefinition[] => [
  ...[...node.transitions.values()].flat(),
  ...(node.always ?? []),
]

/** XState takes the last of several states with one id for all of them, without a word. */
const refuseTwins = (machine: AnyStateMachine, nodes: readonly AnyStateNode[]): void => {
  const ids = nodes.map(({ id }) => id)
  const twin = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twin === undefined) return
  const detail = `Two states of the machine "${machine.id}" have the id "${twin}": give each an id of its own.`
  throw new FieldmeshError('options-invalid', detail)
}

/**
 * Any XState 5 machine as plain JSON: states, transitions and children as a chart shows them, in the order in which
 * they are written. Nothing of the machine runs; what only running would tell (a delay computed from the context, the
 * event that an expression sends) is left out, or said as far as it is spelled out in the code.
 *
 * @throws FieldmeshError `options-invalid` where two states have the same id
 *
 * @example
 * const model = describeMachine(doorMachine, { delays: { patience: { reason: 'people come back for their keys' } } })
 * model.transitions[0] // { source: 'door.closed', targets: ['door.open'], kind: 'event', label: 'push', … }
 */
export const describeMachine = (
  machine: AnyStateMachine,
  { delays = {}, params = 'values' }: DescribeOptions = {},
): ChartModel => {
  const nodes = nodesOf(machine.root)
  const call = params === 'values' ? wordsOfCall : namesOfCall
  refuseTwins(machine, nodes)
  return {
    id: machine.id,
    root: describeState(machine.root, call),
    transitions: nodes.flatMap(declaredIn).map((definition) => describeTransition(definition, delays, call)),
  }
}
