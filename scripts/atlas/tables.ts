import type { ChartState, ChartTransition } from '#chart/chart.types'
import { wordsOfCondition } from '#chart/words-of-condition'
import { wordsOfDuration } from '#chart/words-of-duration'
import { wordsOfGuard } from '#chart/words-of-guard'
import { anchorOf, code, link, table } from './markdown.ts'
import { speakerOf } from './speakers.ts'
import { placesText, type Subject } from './subject.ts'

const kindOf = ({ type, initial }: ChartState): string => {
  const kind = type === 'atomic' ? '' : type === 'compound' ? 'composite' : type
  return [initial ? '●' : '', kind].filter(Boolean).join(' ')
}

export const statesTable = ({ states, pathOf }: Subject): string =>
  table(
    ['State', 'Kind', 'What it means', 'Tags'],
    states
      .slice(1)
      .map((state) => [code(pathOf(state.id)), kindOf(state), state.description ?? '', state.tags.map(code).join(' ')]),
  )

const grouped = <T>(items: readonly T[], keyOf: (item: T) => string): [key: string, items: T[]][] => {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return [...groups]
}

const isSaid = ({ kind }: ChartTransition): boolean => kind !== 'always' && kind !== 'after'
const nameOf = ({ kind, event, label }: ChartTransition): string => (kind === 'event' ? code(event) : label)

export const eventsTable = (subject: Subject): string =>
  table(
    ['Event', 'Who says it', 'Heard in'],
    grouped(subject.model.transitions.filter(isSaid), ({ event }) => event)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([event, transitions]) => [
        transitions.slice(0, 1).map(nameOf).join(''),
        speakerOf(subject, event),
        placesText(
          subject,
          transitions.map(({ source }) => source),
        ),
      ]),
  )

export const delaysTable = (subject: Subject): string =>
  table(
    ['Delay', 'How long', 'Why', 'Runs in'],
    grouped(
      subject.model.transitions.filter(({ delay }) => delay !== undefined),
      ({ delay }) => delay?.name ?? '',
    ).map(([name, transitions]) => [
      code(name),
      transitions[0]?.delay?.ms === undefined ? 'it depends' : wordsOfDuration(transitions[0].delay.ms),
      transitions[0]?.delay?.reason ?? '',
      placesText(
        subject,
        transitions.map(({ source }) => source),
      ),
    ]),
  )

/** A guard made of others says what it is; of a function only its author knows. */
const meaningOf = ({ machine }: Subject, name: string): string => {
  const guard: unknown = (machine.implementations.guards as Readonly<Record<string, unknown>>)[name]
  return typeof guard === 'function' && 'check' in guard ? wordsOfGuard(guard) : ''
}

export const guardsTable = (subject: Subject): string =>
  table(
    ['Guard', 'Which is', 'Asked in'],
    grouped(
      subject.model.transitions.filter(({ guard }) => guard !== undefined && guard !== 'a condition'),
      ({ guard }) => guard ?? '',
    )
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([guard, transitions]) => [
        code(guard),
        meaningOf(subject, guard),
        placesText(
          subject,
          transitions.map(({ source }) => source),
        ),
      ]),
  )

export const childrenTable = (subject: Subject): string => {
  const children = subject.states.flatMap((state) => state.children.map((child) => ({ ...child, state: state.id })))
  return table(
    ['Child', 'What it is', 'How', 'Where'],
    grouped(children, ({ id, src, how }) => `${id} ${src} ${how}`).map(([, places]) => {
      const [child] = places
      if (child === undefined) return []
      const { id, src, how, machine, numbered } = child
      return [
        code(numbered ? `${id}:…` : id),
        machine === undefined
          ? `seat ${code(src)}, taken by an adapter`
          : `the machine ${link(machine, anchorOf(machine))}`,
        how === 'invoked' ? 'while the state lasts' : 'spawned, as many as are needed',
        placesText(
          subject,
          places.map(({ state }) => state),
        ),
      ]
    }),
  )
}

export const lawsTable = ({ laws }: Subject): string =>
  table(
    ['Law', 'Says'],
    laws.map(({ id, says }) => [code(id), says]),
  )

export const transitionsTable = ({ model, pathOf }: Subject): string =>
  table(
    ['From', 'On', 'When', 'To', 'Does'],
    model.transitions.map((transition) => [
      pathOf(transition.source) === 'everywhere' ? 'everywhere' : code(pathOf(transition.source)),
      transition.kind === 'event' ? code(transition.event) : transition.label,
      wordsOfCondition(transition),
      transition.targets.map((target) => code(pathOf(target))).join(', ') || '(stays)',
      transition.actions.join('; '),
    ]),
  )
