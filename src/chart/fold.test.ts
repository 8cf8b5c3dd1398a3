import { describe, expect, test } from 'vitest'
import { autoFold } from './auto-fold.ts'
import type { ChartModel, ChartState, ChartTransition } from './chart.types.ts'
import { statesWithin } from './chart-tree.ts'
import { focusChart, othersOf } from './focus-chart.ts'
import { linesOf } from './lines-of.ts'
import { visibleChart } from './visible-chart.ts'

const state = (id: string, states: readonly ChartState[] = []): ChartState => ({
  id,
  key: id.slice(id.lastIndexOf('.') + 1),
  type: states.length > 0 ? 'compound' : 'atomic',
  initial: id.endsWith('a') || id.endsWith('1'),
  tags: [],
  children: [],
  entry: [],
  exit: [],
  states,
})

const transition = (id: string, source: string, targets: readonly string[], label = id): ChartTransition => ({
  id,
  source,
  targets,
  kind: 'event',
  event: label,
  label,
  actions: [],
  reenter: false,
})

const house: ChartModel = {
  id: 'm',
  root: state('m', [
    state('m.a', [state('m.a.1'), state('m.a.2')]),
    state('m.b', [state('m.b.1'), state('m.b.2')]),
    state('m.c'),
  ]),
  transitions: [
    transition('t1', 'm.a.1', ['m.a.2'], 'go'),
    transition('t2', 'm.a.1', ['m.b.1'], 'leave'),
    transition('t3', 'm.a.2', ['m.b.2'], 'leave'),
    transition('t4', 'm.a.1', [], 'stay'),
    transition('t5', 'm.c', ['m.c'], 'again'),
    transition('t6', 'm.a', ['m.a'], 'anew'),
    transition('t7', 'm.c', ['m.a.1', 'm.b.2'], 'both'),
  ],
}

const waysOf = (folded: readonly string[]): string[] =>
  visibleChart(house, new Set(folded)).edges.map(
    ({ source, target, transitions }) => `${source} > ${target}: ${transitions.map(({ id }) => id).join()}`,
  )

describe('a chart with states folded', () => {
  test('none: every transition leads from its own source to each of its targets', () => {
    expect(waysOf([])).toEqual([
      'm.a.1 > m.a.2: t1',
      'm.a.1 > m.b.1: t2',
      'm.a.2 > m.b.2: t3',
      'm.c > m.a.1: t7',
      'm.c > m.b.2: t7',
    ])
    const { stays, inside } = visibleChart(house, new Set())
    expect([...stays].map(([id, all]) => [id, all.map((each) => each.id)])).toEqual([
      ['m.a.1', ['t4']],
      ['m.c', ['t5']],
      ['m.a', ['t6']],
    ])
    expect(inside.size).toBe(0)
  })

  test('what leads out of, or into, hidden states is lifted to what hides them, and what leads the same way is one', () => {
    expect(waysOf(['m.a', 'm.b'])).toEqual(['m.a > m.b: t2,t3', 'm.c > m.a: t7', 'm.c > m.b: t7'])
  })

  test('what happens wholly within a folded state belongs to it', () => {
    expect(visibleChart(house, new Set(['m.a'])).inside.get('m.a')).toEqual(['t1', 't4', 't6'])
  })

  test('the same words from several states are one line that counts them', () => {
    const [edge] = visibleChart(house, new Set(['m.a', 'm.b'])).edges
    expect(linesOf(edge?.transitions ?? [])).toMatchObject([{ event: 'leave', aside: '×2', transitions: ['t2', 't3'] }])
  })

  test('lines beyond six are counted in a last one that knows their transitions', () => {
    const many = Array.from({ length: 9 }, (_, at) => transition(`n${at}`, 'm.c', ['m.a'], `event ${at}`))
    const lines = linesOf(many)
    expect(lines).toHaveLength(6)
    expect(lines.at(-1)).toMatchObject({ event: '+ 4 more', rest: true, transitions: ['n5', 'n6', 'n7', 'n8'] })
  })
})

describe('words of a line', () => {
  const words = (part: Partial<ChartTransition>) => {
    const [{ event, guard, aside } = { event: '' }] = linesOf([{ ...transition('t', 'm.a', ['m.b']), ...part }])
    return [event, guard, aside]
  }

  test.each<[string, Partial<ChartTransition>, readonly (string | undefined)[]]>([
    ['an event', { label: 'push' }, ['push', undefined, undefined]],
    ['a guard', { label: 'push', guard: 'isOpen' }, ['push', '[isOpen]', undefined]],
    ['a guard alone says it all', { kind: 'always', label: 'always', guard: 'isOpen' }, ['', '[isOpen]', undefined]],
    ['without a guard', { kind: 'always', label: 'always' }, ['always', undefined, undefined]],
    [
      'a named delay and its duration',
      { kind: 'after', label: 'after patience', delay: { name: 'patience', ms: 30_000 } },
      ['after patience', undefined, '30 s'],
    ],
    [
      'a computed delay',
      { kind: 'after', label: 'after backoff', delay: { name: 'backoff' } },
      ['after backoff', undefined, undefined],
    ],
    [
      'a delay without a name',
      { kind: 'after', label: 'after 250 ms', delay: { name: '250', ms: 250 } },
      ['after 250 ms', undefined, undefined],
    ],
  ])('%s', (_, part, expected) => {
    expect(words(part)).toEqual(expected)
  })
})

describe('what is folded by itself', () => {
  const wide = (count: number, inner: number): ChartModel => ({
    id: 'm',
    root: state(
      'm',
      Array.from({ length: count }, (_, at) =>
        state(
          `m.s${at}`,
          Array.from({ length: inner }, (_, deep) => state(`m.s${at}.x${deep}`)),
        ),
      ),
    ),
    transitions: [],
  })

  test('nothing, where all of it can be read', () => {
    expect(autoFold(wide(3, 4), [])).toEqual(new Set())
  })

  test('in 132 states, all but what is active', () => {
    const plant = wide(11, 11)
    expect(statesWithin(plant.root)).toHaveLength(133)
    const folded = autoFold(plant, ['m', 'm.s4', 'm.s4.x2'])
    expect(folded.has('m.s4')).toBe(false)
    expect(folded.size).toBe(10)
  })

  test('as much of the rest as there is room for, a level at a time', () => {
    expect(autoFold(wide(4, 4), [], 12).size).toBe(4)
    expect(autoFold(wide(4, 4), [], 21).size).toBe(0)
  })

  test('never the machine itself', () => {
    expect(autoFold(wide(40, 2), []).has('m')).toBe(false)
  })
})

describe('a chart around what is active', () => {
  const focused = focusChart(
    {
      ...house,
      root: state('m', [...house.root.states, state('m.d'), state('m.e', [state('m.e.1')]), state('m.f')]),
    },
    ['m', 'm.a', 'm.a.1'],
  )

  test('keeps what is active and what its innermost state leads to; the rest is in one folded box', () => {
    expect(focused.model.root.states.map(({ id }) => id)).toEqual(['m.a', 'm.b', othersOf('m')])
    expect(focused.model.root.states.at(-1)?.states.map(({ id }) => id)).toEqual(['m.c', 'm.d', 'm.e', 'm.f'])
    expect(focused.folded).toEqual(new Set(['m.b', othersOf('m'), 'm.e']))
  })

  test('leaves out what cannot happen now', () => {
    expect(focused.model.transitions.map(({ id }) => id)).toEqual(['t1', 't2', 't4', 't6'])
  })

  test('says that the machine begins among the others, where it does', () => {
    const elsewhere = focusChart(
      { ...house, root: state('m', [state('m.a'), state('m.b'), state('m.c'), state('m.d')]), transitions: [] },
      ['m', 'm.d'],
    )
    expect(elsewhere.model.root.states.find(({ id }) => id === othersOf('m'))).toMatchObject({ initial: true })
  })
})
