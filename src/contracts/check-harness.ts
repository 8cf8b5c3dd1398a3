import { FieldmeshError } from '#model/fault'
import type { Until } from './contract-case.ts'
import { textOf } from './difference.ts'

type Kind = 'function' | 'string' | 'object' | 'number'

/** What a contract asks of its tester: checked before a case runs, since a missing method looks like a broken adapter. */
export interface HarnessShape<Power extends string = never> {
  /** `linkContract`. */
  readonly contract: string
  /** What the harness itself has. */
  readonly harness: Readonly<Record<string, Kind>>
  /** What gives the thing under test: `open()`. */
  readonly opener: string
  /** The type of that thing, as `LinkPlaces`, and what of it is never missing. */
  readonly under: string
  readonly needs: Readonly<Record<string, Kind>>
  /** Methods that each power takes of what is under test; none for a power that it merely claims. */
  readonly powers: Readonly<Record<Power, readonly string[]>>
}

const refuse = (words: string): never => {
  throw new FieldmeshError('options-invalid', words)
}

const nameOf = (thing: unknown): string => {
  if (typeof thing === 'function') return 'a function'
  if (Array.isArray(thing)) return 'an array'
  return typeof thing === 'object' && thing !== null ? 'an object' : textOf(thing)
}

const typeIn = (holder: object, name: string): string => typeof Reflect.get(holder, name)
const listed = (kinds: Readonly<Record<string, Kind>>): string =>
  Object.entries(kinds)
    .map(([name, kind]) => (kind === 'function' ? `${name}()` : name))
    .join(', ')

const requireAll = (holder: unknown, kinds: Readonly<Record<string, Kind>>, what: string): void => {
  if (typeof holder !== 'object' || holder === null) refuse(`${what} has ${listed(kinds)}; this is ${nameOf(holder)}.`)
  else
    for (const [name, kind] of Object.entries(kinds))
      if (typeIn(holder, name) !== kind)
        refuse(`${what} has ${listed(kinds)}; here ${name} is ${nameOf(Reflect.get(holder, name))}.`)
}

/** @throws FieldmeshError `options-invalid` for a power that the contract does not know. */
export const checkPowers = <Power extends string>(
  { contract, powers: known }: HarnessShape<Power>,
  powers: readonly Power[],
): void => {
  if (!Array.isArray(powers)) refuse(`${contract}: powers is an array of ${Object.keys(known).join(', ')}.`)
  for (const power of powers)
    if (!Object.hasOwn(known, power))
      refuse(`${contract} knows no power “${power}”; it knows ${Object.keys(known).join(', ')}.`)
}

/** @throws FieldmeshError `options-invalid` for what is no harness of this contract. */
export const checkHarness = <Power extends string>(
  shape: HarnessShape<Power>,
  harness: { readonly until: Until; readonly powers?: readonly Power[] },
): void => {
  requireAll(harness, shape.harness, `The harness of ${shape.contract}`)
  checkPowers(shape, harness.powers ?? [])
}

/**
 * The thing under test, as the harness gave it.
 *
 * @throws FieldmeshError `options-invalid` where it lacks something, or the method of a claimed power.
 */
export const checkUnderTest = <Thing, Power extends string>(
  { contract, opener, under, needs, powers: known }: HarnessShape<Power>,
  thing: Thing,
  powers: readonly Power[] = [],
): Thing => {
  requireAll(thing, needs, `${contract}: what ${opener} gives (${under})`)
  for (const power of powers)
    for (const method of known[power])
      if (typeIn(thing as object, method) !== 'function')
        refuse(`${contract}: the power “${power}” needs ${under}.${method}() in what ${opener} gives.`)
  return thing
}

/** The cases that a tester with these powers can run. */
export const within = <Power extends string, One extends { readonly needs?: Power }>(
  cases: readonly One[],
  powers: readonly Power[] = [],
): readonly One[] => cases.filter(({ needs }) => needs === undefined || powers.includes(needs))
