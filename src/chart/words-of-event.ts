import type { AnyStateNode } from 'xstate'
import type { ChartTransition } from './chart.types.ts'
import { invokedName } from './describe-invoked.ts'

interface EventWords {
  readonly kind: ChartTransition['kind']
  readonly label: string
}

/** What XState calls the events it makes by itself, and what people call them. */
const OWN: readonly [prefix: string, kind: ChartTransition['kind'], verb: string][] = [
  ['xstate.done.actor.', 'done', 'done'],
  ['xstate.error.actor.', 'error', 'failed'],
  ['xstate.snapshot.', 'event', 'changed'],
]

const wordsOfActor = (node: AnyStateNode, id: string): string => {
  if (id === '*') return 'any child'
  return id.endsWith('.*') ? `any ${id.slice(0, -2)}` : invokedName(node, id)
}

const wordsOfState = (node: AnyStateNode, id: string): string => {
  if (id === '*') return 'any state'
  return id === node.id ? node.key : id
}

/**
 * The event of a declared transition as a person reads it, such as `link.heard`, `openStore done`, `any event`; not
 * those of `after`, whose delay tells more.
 *
 * @param node the transition's source
 * @param descriptor XState's own; '' for `always`
 */
export const wordsOfEvent = (node: AnyStateNode, descriptor: string): EventWords => {
  if (descriptor === '') return { kind: 'always', label: 'always' }
  if (descriptor === '*') return { kind: 'event', label: 'any event' }
  const own = OWN.find(([prefix]) => descriptor.startsWith(prefix))
  if (own !== undefined) {
    const [prefix, kind, verb] = own
    return { kind, label: `${wordsOfActor(node, descriptor.slice(prefix.length))} ${verb}` }
  }
  const state = /^xstate\.done\.state\.(.+)$/.exec(descriptor)?.[1]
  if (state !== undefined) return { kind: 'done', label: `${wordsOfState(node, state)} done` }
  return { kind: 'event', label: descriptor }
}
