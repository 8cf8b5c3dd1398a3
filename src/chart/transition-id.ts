import type { AnyTransitionDefinition } from 'xstate'

const candidatesOf = ({ source, eventType }: AnyTransitionDefinition): readonly unknown[] =>
  (eventType === '' ? source.always : source.transitions.get(eventType)) ?? []

/**
 * Names a declared transition: its source, its event, its place among the candidates, and where it leads. Unique in
 * its machine, and the same after `.provide()`, which makes new nodes; so what an inspected actor takes is found in the
 * chart of its machine.
 *
 * @example
 * inspect: (event) => {
 *   if (event.type === '@xstate.microstep') console.log(event._transitions.map(transitionId))
 *   // ['door.closed --push[0]--> door.open']
 * }
 */
export const transitionId = (definition: AnyTransitionDefinition): string => {
  const { source, target, eventType } = definition
  const to = target?.map((node) => node.id).join(', ') || '(stays)'
  const place = candidatesOf(definition).indexOf(definition)
  return `${source.id} --${eventType || 'always'}[${place}]--> ${to}`
}
