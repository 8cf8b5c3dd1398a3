import type { AnyStateMachine, AnyStateNode } from 'xstate'

/** What every machine of the project must be like, whatever it does. Each check gives the offenders; none is well. */
const nodesOf = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(nodesOf)]

/** Ids of all its states, the machine's own included. */
export const idsOf = (node: AnyStateNode): string[] => nodesOf(node).map(({ id }) => id)

/** A node and its ancestors within its own region; the machine's root is nobody's way out. */
export const withinRegion = (node: AnyStateNode): AnyStateNode[] => {
  const { parent } = node
  if (parent === undefined) return []
  return parent.type === 'parallel' ? [node] : [node, ...withinRegion(parent)]
}

const leaves = (node: AnyStateNode): boolean =>
  node.after.length > 0 || (node.always ?? []).length > 0 || node.invoke.length > 0

const hasWayOut = (leaf: AnyStateNode): boolean =>
  leaf.type === 'final' || withinRegion(leaf).some((node) => node.tags.includes('resting') || leaves(node))

/** Leaves where a machine could be stuck: not final, not tagged `resting`, and nothing of their own leads on. */
export const stuckLeaves = (machine: AnyStateMachine): string[] =>
  nodesOf(machine.root)
    .filter((node) => node.type === 'atomic' || node.type === 'final')
    .filter((leaf) => !hasWayOut(leaf))
    .map((leaf) => leaf.id)

const isOneSentence = (text: string | undefined): boolean =>
  /^[^\s].*[.]$/.test(text ?? '') && !/[.!?]\s+\p{Lu}/u.test(text ?? '')

/** States (and the machine itself) whose description is not one sentence. */
export const undescribed = (machine: AnyStateMachine): string[] =>
  nodesOf(machine.root)
    .filter((node) => !isOneSentence(node.description))
    .map((node) => node.id)

type Named = { readonly type: string }
const isBuiltIn = (action: unknown): boolean => typeof action === 'function' && 'resolve' in action

const actionsOf = (node: AnyStateNode): readonly unknown[] => [
  ...node.entry,
  ...node.exit,
  ...[...node.transitions.values()].flat().flatMap((transition) => transition.actions),
  ...(node.always ?? []).flatMap((transition) => transition.actions),
]

/** States that run an action of our own making: when such an action throws, children are never cleaned up. */
export const customActions = (machine: AnyStateMachine): string[] => {
  const provided = machine.implementations.actions as Record<string, unknown>
  const isAllowed = (action: unknown) =>
    isBuiltIn(action) || isBuiltIn(provided[typeof action === 'string' ? action : (action as Named).type])
  return nodesOf(machine.root)
    .filter((node) => !actionsOf(node).every(isAllowed))
    .map((node) => node.id)
}
