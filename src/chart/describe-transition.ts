import type { AnyStateNode, AnyTransitionDefinition } from 'xstate'
import type { ChartDelay, ChartTransition } from './chart.types.ts'
import { transitionId } from './transition-id.ts'
import { wordsOfAction } from './words-of-action.ts'
import type { WordsOfCall } from './words-of-call.ts'
import { wordsOfDuration } from './words-of-duration.ts'
import { wordsOfEvent } from './words-of-event.ts'
import { wordsOfGuard } from './words-of-guard.ts'

/** What is known of a machine's delays beside the machine, by their names. */
export type KnownDelays = Readonly<Record<string, { readonly reason?: string; readonly ms?: number }>>

const msOf = (node: AnyStateNode, delay: string | number): number | undefined => {
  if (typeof delay === 'number') return delay
  const implemented: unknown = (node.machine.implementations.delays as Readonly<Record<string, unknown>>)[delay]
  return typeof implemented === 'number' ? implemented : undefined
}

const describeDelay = (node: AnyStateNode, delay: string | number, known: KnownDelays): ChartDelay => {
  const name = String(delay)
  const told = Object.hasOwn(known, name) ? known[name] : undefined
  const ms = msOf(node, delay) ?? told?.ms
  // JSON knows no Infinity
  return {
    name,
    ...(ms !== undefined && Number.isFinite(ms) && { ms }),
    ...(told?.reason !== undefined && { reason: told.reason }),
  }
}

const delayOf = (definition: AnyTransitionDefinition): string | number | undefined =>
  'delay' in definition && definition.eventType.startsWith('xstate.after.')
    ? (definition.delay as string | number)
    : undefined

const eventOf = (definition: AnyTransitionDefinition, known: KnownDelays) => {
  const { source, eventType } = definition
  const delay = delayOf(definition)
  if (delay === undefined) return wordsOfEvent(source, eventType)
  const words = typeof delay === 'number' ? wordsOfDuration(delay) : delay
  return { kind: 'after', label: `after ${words}`, delay: describeDelay(source, delay, known) } as const
}

/** One declared transition as plain data. */
export const describeTransition = (
  definition: AnyTransitionDefinition,
  known: KnownDelays,
  call: WordsOfCall,
): ChartTransition => {
  const { source, target, eventType, guard, actions, reenter, description } = definition
  return {
    id: transitionId(definition),
    source: source.id,
    targets: target?.map(({ id }) => id) ?? [],
    event: eventType,
    ...eventOf(definition, known),
    ...(guard !== undefined && { guard: wordsOfGuard(guard, call) }),
    actions: actions.map((action) => wordsOfAction(action, call)),
    reenter,
    ...(description !== undefined && { description }),
  }
}
