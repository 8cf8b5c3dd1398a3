import { type WordsOfCall, wordsOfCall } from './words-of-call.ts'
import { wordsOfFunction } from './words-of-function.ts'
import { eventTypesIn, outermostEventTypesIn } from './words-of-source.ts'

/** What XState's own actions are made of. */
export interface BuiltInAction {
  readonly type: string
  readonly assignment?: unknown
  readonly event?: unknown
  readonly to?: unknown
  readonly src?: unknown
  readonly id?: unknown
  readonly systemId?: unknown
  readonly actorRef?: unknown
  readonly sendId?: unknown
  readonly collect?: unknown
  readonly label?: unknown
}
interface NamedAction {
  readonly type: string
  readonly params?: unknown
}

const RECEIVERS: Readonly<Record<string, string>> = { '#_parent': 'the parent', '#_internal': 'itself' }

const wordsOfEvent = (event: unknown): string => {
  if (typeof event === 'object' && event !== null && 'type' in event) return String(event.type)
  return outermostEventTypesIn(event).join(' or ') || 'an event'
}

const wordsOfReceiver = (to: unknown): string => {
  if (typeof to === 'string') return RECEIVERS[to] ?? to.replace(/^#_/, '')
  const id = typeof to === 'object' && to !== null && 'id' in to ? to.id : undefined
  return typeof id === 'string' ? id : 'an actor'
}

const wordsOfAssignment = (assignment: unknown): string =>
  typeof assignment === 'object' && assignment !== null ? Object.keys(assignment).join(', ') : ''

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const BUILT_IN: Readonly<Record<string, (action: BuiltInAction) => string>> = {
  'xstate.assign': ({ assignment }) => `assign ${wordsOfAssignment(assignment)}`,
  'xstate.sendTo': ({ event, to }) => `send ${wordsOfEvent(event)} to ${wordsOfReceiver(to)}`,
  'xstate.raise': ({ event }) => `raise ${wordsOfEvent(event)}`,
  'xstate.emit': ({ event }) => `emit ${wordsOfEvent(event)}`,
  'xstate.spawnChild': ({ src, id }) => `spawn ${text(id) || text(src) || 'a child'}`,
  'xstate.stopChild': ({ actorRef }) => `stop ${text(actorRef) || 'a child'}`,
  'xstate.cancel': ({ sendId }) => `cancel ${text(sendId) || 'what was to be sent'}`,
  'xstate.log': ({ label }) => `log ${text(label)}`,
  'xstate.enqueueActions': ({ collect }) => {
    const events = eventTypesIn(collect)
    const words = wordsOfFunction(collect as () => void, 'actions by case')
    return events.length > 0 ? `${words} (${events.join(', ')})` : words
  },
}

/** An action of XState's own, such as `assign()` makes. */
export const isBuiltInAction = (action: unknown): action is BuiltInAction =>
  typeof action === 'function' && 'resolve' in action && 'type' in action

/**
 * An action as a person reads it: the name of a named one, `assign attempt, fault`, `send socket.join to socket`,
 * `raise retry`, `spawn peer`; `an action` for a function without a name.
 *
 * @param action as a transition, or a state's `entry` or `exit`, holds it
 * @param call how a name and its parameters are read
 */
export const wordsOfAction = (action: unknown, call: WordsOfCall = wordsOfCall): string => {
  if (typeof action === 'string') return action
  if (isBuiltInAction(action)) return (BUILT_IN[action.type]?.(action) ?? action.type.replace(/^xstate\./, '')).trim()
  if (typeof action === 'function') return wordsOfFunction(action, 'an action')
  const { type, params } = action as NamedAction
  return call(type, params)
}
