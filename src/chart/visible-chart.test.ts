import { expect, test } from 'vitest'
import type { ChartModel } from './chart.types.ts'
import { linesOf } from './lines-of.ts'
import { visibleChart } from './visible-chart.ts'

const TRANSITIONS = 2_000

/** Transitions that all stay in one state, or all lead the same way. */
const busyChart = (target?: string): ChartModel => {
  const state = { type: 'atomic', initial: false, tags: [], children: [], entry: [], exit: [], states: [] } as const
  return {
    id: 'busy',
    root: { ...state, id: 'busy', key: 'busy', states: [{ ...state, id: 'busy.a', key: 'a' }] },
    transitions: Array.from({ length: TRANSITIONS }, (_, at) => ({
      id: `busy.a --e${at}[0]--> (stays)`,
      source: 'busy.a',
      targets: target === undefined ? [] : [target],
      kind: 'event',
      event: `e${at}`,
      label: `e${at}`,
      actions: [],
      reenter: false,
    })),
  }
}

/** How many items are walked over by whatever iterates over lists: copies of them, above all. */
const walkedBy = (work: () => void): number => {
  const iterator = Array.prototype[Symbol.iterator]
  let walked = 0
  const counting = function <T>(this: T[]): ArrayIterator<T> {
    walked += this.length
    return iterator.call(this) as ArrayIterator<T>
  }
  const set = (value: unknown) =>
    Object.defineProperty(Array.prototype, Symbol.iterator, { value, writable: true, configurable: true })
  set(counting)
  try {
    work()
  } finally {
    set(iterator)
  }
  return walked
}

test.each([
  ['that stay in a state', undefined, []],
  ['that lead the same way', 'busy', []],
  ['within a folded state', undefined, ['busy']],
])('many transitions %s are each taken up once', (_, target, folded) => {
  let chart: ReturnType<typeof visibleChart> | undefined
  const walked = walkedBy(() => {
    chart = visibleChart(busyChart(target), new Set(folded))
  })
  const found = [chart?.stays.values(), chart?.edges.map(({ transitions }) => transitions), chart?.inside.values()]
  expect(found.flatMap((lists) => [...(lists ?? [])].map(({ length }) => length))).toEqual([TRANSITIONS])
  expect(walked).toBeLessThan(20 * TRANSITIONS)
})

test('many transitions that read alike are one line, each taken up once', () => {
  const alike = busyChart().transitions.map((transition) => ({ ...transition, label: 'tick' }))
  let lines: ReturnType<typeof linesOf> = []
  const walked = walkedBy(() => {
    lines = linesOf(alike)
  })
  expect(lines.map(({ transitions }) => transitions.length)).toEqual([TRANSITIONS])
  expect(walked).toBeLessThan(20 * TRANSITIONS)
})
