import type { ChartModel, ChartState, ChartTransition } from './chart.types.ts'
import { statesWithin } from './chart-tree.ts'
import { wordsOfDuration } from './words-of-duration.ts'
import type { ChartLayout } from './layout.types.ts'

/** What a person points at in a chart: a state or an arrow, and which of its lines. */
export interface Pointed {
  readonly state?: string
  readonly edge?: string
  readonly line?: number
}

/** What there is to say about it. */
export interface Details {
  readonly title: string
  readonly says: string
  readonly facts: string
}

const KINDS = {
  atomic: 'state',
  compound: 'state with states in it',
  parallel: 'parallel: all of its states at once',
  final: 'final state',
  history: 'history: where it was last',
} as const

const list = (words: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [`${words} ${items.join(', ')}`]

const joined = (facts: readonly string[]): string => facts.join(' · ')

const aboutState = ({ key, type, description, tags, children, entry, exit }: ChartState, lit: boolean): Details => ({
  title: key,
  says: description ?? KINDS[type],
  facts: joined([
    ...(lit ? ['active'] : []),
    ...(description === undefined ? [] : [KINDS[type]]),
    ...list('tags', tags),
    ...children.map(({ id, src, how }) => `${how} ${id === src ? id : `${id} (${src})`}`),
    ...list('on entry', entry),
    ...list('on exit', exit),
  ]),
})

const keyOf = (id: string): string => id.slice(id.lastIndexOf('.') + 1)

const wayOf = ({ source, targets }: ChartTransition, keys: ReadonlyMap<string, string>): string => {
  const name = (id: string): string => keys.get(id) ?? keyOf(id)
  return targets.length === 0 ? `${name(source)}, stays` : `${name(source)} → ${targets.map(name).join(', ')}`
}

const delayFacts = ({ delay }: ChartTransition): string[] => {
  if (delay === undefined) return []
  return [
    delay.ms === undefined ? 'a time that is computed' : wordsOfDuration(delay.ms),
    ...(delay.reason ? [delay.reason] : []),
  ]
}

const aboutTransition = (transition: ChartTransition, keys: ReadonlyMap<string, string>): Details => {
  const { label, guard, description, actions } = transition
  return {
    title: guard === undefined ? label : `${label} [${guard}]`,
    says: description ?? wayOf(transition, keys),
    facts: joined([
      ...(description === undefined ? [] : [wayOf(transition, keys)]),
      ...delayFacts(transition),
      ...list('does', actions),
    ]),
  }
}

const aboutLines = (
  transitions: readonly ChartTransition[],
  keys: ReadonlyMap<string, string>,
): Details | undefined => {
  const [first] = transitions
  if (first === undefined) return undefined
  if (transitions.length === 1) return aboutTransition(first, keys)
  const names = transitions.map(({ label, guard }) => (guard === undefined ? label : `${label} [${guard}]`))
  return {
    title: wayOf(first, keys),
    says: `${transitions.length} transitions`,
    facts: [...new Set(names)].join(' · '),
  }
}

/** What there is to say about what a person points at; nothing where it is gone. */
export const detailsOf = (
  model: ChartModel,
  layout: ChartLayout,
  pointed: Pointed,
  lit: ReadonlySet<string>,
): Details | undefined => {
  const states = statesWithin(model.root)
  const keys = new Map(states.map(({ id, key }) => [id, key]))
  const lines =
    layout.edges.find(({ id }) => id === pointed.edge)?.lines ??
    layout.boxes.find(({ id }) => id === pointed.state)?.parts.lines ??
    []
  const chosen = pointed.line === undefined ? lines : lines.slice(pointed.line, pointed.line + 1)
  const ids = new Set(chosen.flatMap(({ transitions }) => transitions))
  if (pointed.edge !== undefined || pointed.line !== undefined)
    return aboutLines(
      model.transitions.filter(({ id }) => ids.has(id)),
      keys,
    )
  const state = states.find(({ id }) => id === pointed.state)
  return state && aboutState(state, lit.has(state.id))
}
