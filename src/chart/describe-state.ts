import type { AnyStateNode } from 'xstate'
import type { ChartState } from './chart.types.ts'
import { describeInvoked } from './describe-invoked.ts'
import { describeSpawned } from './describe-spawned.ts'
import type { WordsOfCall } from './words-of-call.ts'
import { isBuiltInAction, wordsOfAction } from './words-of-action.ts'

/** XState arms and disarms the timers of `after` by actions of its own, which nobody wrote. */
const isOfTimer = (action: unknown): boolean => {
  if (!isBuiltInAction(action)) return false
  const { type, id, sendId } = action
  const name = type === 'xstate.raise' ? id : type === 'xstate.cancel' ? sendId : undefined
  return typeof name === 'string' && name.startsWith('xstate.after.')
}

const wordsOf = (actions: readonly unknown[], call: WordsOfCall): string[] =>
  actions.filter((action) => !isOfTimer(action)).map((action) => wordsOfAction(action, call))

const isInitial = ({ parent, key }: AnyStateNode): boolean =>
  parent?.type === 'compound' && parent.initial.target[0]?.key === key

const byPath = (from: AnyStateNode | undefined, target: string): AnyStateNode | undefined =>
  target
    .split('.')
    .filter(Boolean)
    .reduce<AnyStateNode | undefined>((node, key) => node?.states[key], from)

const idOfTarget = ({ machine, parent }: AnyStateNode, target: string): string | undefined =>
  target.startsWith('#') ? machine.getStateNodeById(target).id : byPath(parent, target)?.id

/** Where a history state leads while there is nothing to remember: XState resolves it only when it is taken. */
const defaultTargets = (node: AnyStateNode): string[] => {
  const { parent } = node
  const { target } = node.config as { readonly target?: string | readonly string[] }
  if (target !== undefined) return [target].flat().flatMap((to) => idOfTarget(node, to) ?? [])
  if (parent === undefined) return []
  return parent.type === 'parallel' ? [parent.id] : parent.initial.target.map(({ id }) => id)
}

const historyOf = (node: AnyStateNode): Partial<ChartState> =>
  node.type === 'history' ? { history: node.history || 'shallow', defaultTargets: defaultTargets(node) } : {}

/** A node of a machine, and those inside it, in the order in which they are written. */
export const describeState = (node: AnyStateNode, call: WordsOfCall): ChartState => ({
  id: node.id,
  key: node.key,
  type: node.type,
  initial: isInitial(node),
  ...(node.description !== undefined && { description: node.description }),
  tags: [...node.tags],
  children: [...describeInvoked(node), ...describeSpawned(node)],
  entry: wordsOf(node.entry, call),
  exit: wordsOf(node.exit, call),
  ...historyOf(node),
  states: Object.values(node.states).map((inner) => describeState(inner, call)),
})
