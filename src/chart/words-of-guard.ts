import { and, not, or, type StateValue, stateIn } from 'xstate'
import { type WordsOfCall, wordsOfCall } from './words-of-call.ts'
import { wordsOfFunction } from './words-of-function.ts'

interface BuiltInGuard {
  readonly check: unknown
  readonly guards?: readonly unknown[]
  readonly stateValue?: StateValue
}
interface NamedGuard {
  readonly type: string
  readonly params?: unknown
}

/** XState's own guards are known by what they check with: their names do not outlive a minifier. */
const checkOf = (guard: unknown): unknown => (guard as BuiltInGuard).check
const CHECKS = { and: checkOf(and([])), or: checkOf(or([])), not: checkOf(not('')), stateIn: checkOf(stateIn('')) }

const isBuiltIn = (guard: unknown): guard is BuiltInGuard => typeof guard === 'function' && 'check' in guard
const isComposed = (guard: unknown): boolean => isBuiltIn(guard) && [CHECKS.and, CHECKS.or].includes(guard.check)

const wordsOfValue = (value: StateValue | undefined): string => {
  if (value === undefined || typeof value === 'string') return value ?? ''
  return Object.entries(value)
    .map(([name, inner]) => [name, wordsOfValue(inner)].filter(Boolean).join('.'))
    .join(' and ')
}

const bracketed = (guard: unknown, call: WordsOfCall): string =>
  isComposed(guard) ? `(${wordsOfGuard(guard, call)})` : wordsOfGuard(guard, call)

const wordsOfBuiltIn = ({ check, guards = [], stateValue }: BuiltInGuard, call: WordsOfCall): string => {
  const inner = guards.map((guard) => bracketed(guard, call))
  if (check === CHECKS.stateIn) return `in ${wordsOfValue(stateValue)}`
  if (check === CHECKS.not) return `not ${inner.join('')}`
  if (check !== CHECKS.and && check !== CHECKS.or) return 'a condition'
  const words = inner.join(check === CHECKS.and ? ' and ' : ' or ')
  // of nothing, all are true and none is
  return words || (check === CHECKS.and ? 'always' : 'never')
}

/**
 * A guard as a person reads it: `isOpen`, `isFull(at: 3)`, `isOpen and not in link.waiting`; `a condition` for a
 * function without a name.
 *
 * @param guard as a transition or the machine's `implementations.guards` hold it
 * @param call how a name and its parameters are read
 */
export const wordsOfGuard = (guard: unknown, call: WordsOfCall = wordsOfCall): string => {
  if (typeof guard === 'string') return guard
  if (isBuiltIn(guard)) return wordsOfBuiltIn(guard, call)
  if (typeof guard === 'function') return wordsOfFunction(guard, 'a condition')
  const { type, params } = guard as NamedGuard
  return call(type, params)
}
