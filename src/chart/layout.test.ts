import { afterAll, describe, expect, test } from 'vitest'
import { fromCallback, setup } from 'xstate'
import {
  reassemblyMachine,
  signalingMachine,
  syncEngineMachine,
  syncMeshMachine,
  syncPeerMachine,
} from '#machines/index'
import { autoFold } from './auto-fold.ts'
import type { ChartModel } from './chart.types.ts'
import { statesWithin } from './chart-tree.ts'
import { createLayouter } from './create-layouter.ts'
import { describeMachine } from './describe-machine.ts'
import { tipOf, wayOf } from './edge-path.ts'
import type { ChartLayout } from './layout.types.ts'
import { misplacements } from './placement.testing.ts'
import { randomChart } from './random-charts.testing.ts'
import { visibleChart } from './visible-chart.ts'

const layouter = createLayouter()
afterAll(() => layouter.dispose())

const ours = [reassemblyMachine, signalingMachine, syncEngineMachine, syncMeshMachine, syncPeerMachine].map(
  (machine) => [machine.id, describeMachine(machine)] as const,
)
const NOTHING: ReadonlySet<string> = new Set()
const DIRECTIONS = ['right', 'down'] as const

const without = (all: readonly string[], these: readonly string[]): string[] => all.filter((id) => !these.includes(id))

/** What is misplaced, missing or too much; nothing for a sound layout. */
const complaints = (model: ChartModel, folded: ReadonlySet<string>, layout: ChartLayout): string[] => {
  const states = statesWithin(model.root)
  const hidden = states.flatMap((state) => (folded.has(state.id) ? statesWithin(state).slice(1) : []))
  const shown = states.filter((state) => !hidden.includes(state)).map(({ id }) => id)
  const ways = visibleChart(model, folded).edges.map(({ id }) => id)
  const [boxes, edges] = [layout.boxes.map(({ id }) => id), layout.edges.map(({ id }) => id)]
  return [
    ...misplacements(layout),
    ...[...without(shown, boxes), ...without(ways, edges)].map((id) => `${id} is missing`),
    ...[...without(boxes, shown), ...without(edges, ways)].map((id) => `${id} is too much`),
  ]
}

describe.each(ours)('%s', (_, model) => {
  test.each(DIRECTIONS)('is placed whole, read to the %s', async (direction) => {
    expect(complaints(model, NOTHING, await layouter.layout(model, NOTHING, direction))).toEqual([])
  })

  test('is placed with all but the outermost folded', async () => {
    const folded = autoFold(model, [], 1)
    expect(complaints(model, folded, await layouter.layout(model, folded))).toEqual([])
  })
})

describe('charts that nobody drew', () => {
  test.each(Array.from({ length: 30 }, (_, at) => at + 1))('seed %i', async (seed) => {
    const model = randomChart(seed, 5 + ((seed * 7) % 40))
    const direction = DIRECTIONS[seed % 2] ?? 'right'
    expect(complaints(model, NOTHING, await layouter.layout(model, NOTHING, direction))).toEqual([])
  })

  test.each(DIRECTIONS)('a long name around a small state has room, read to the %s', async (direction) => {
    const model = randomChart(81, 12)
    expect(complaints(model, NOTHING, await layouter.layout(model, NOTHING, direction))).toEqual([])
  })

  test('132 states and more, all open', async () => {
    const model = randomChart(79, 140)
    expect(statesWithin(model.root).length).toBeGreaterThan(131)
    expect(complaints(model, NOTHING, await layouter.layout(model, NOTHING))).toEqual([])
  })

  test('132 states and more, folded by itself', async () => {
    const model = randomChart(79, 140)
    const folded = autoFold(model, [])
    const layout = await layouter.layout(model, folded)
    expect(complaints(model, folded, layout)).toEqual([])
    expect(layout.boxes.length).toBeLessThan(50)
  })
})

test('a name without end does not push everything else out of sight', async () => {
  const long = '𝛂long'.repeat(2_000)
  const chart = describeMachine(
    setup({ guards: { [long]: () => true }, actors: { work: fromCallback(() => undefined) } }).createMachine({
      id: 'm',
      initial: long,
      invoke: { src: 'work', id: long },
      states: { [long]: { on: { [long]: { target: 'b', guard: long } } }, b: {} },
    }),
  )
  const layout = await layouter.layout(chart, NOTHING)
  expect(complaints(chart, NOTHING, layout)).toEqual([])
  expect(layout.width).toBeLessThan(2_500)
  const { title } = layout.boxes[1]?.parts ?? {}
  expect(title).toMatch(/^𝛂long.*…$/u)
  expect(title?.isWellFormed()).toBe(true)
})

describe('a layout', () => {
  const model = describeMachine(signalingMachine)

  test('is made once for the same chart and folds, in whatever order they are named', () => {
    const [one, other] = [new Set(['signaling.up', 'x']), new Set(['x', 'signaling.up'])]
    expect(layouter.layout(model, one)).toBe(layouter.layout(model, other))
    expect(layouter.layout(model, one)).not.toBe(layouter.layout(model, NOTHING))
    expect(layouter.layout(model, one)).not.toBe(layouter.layout(model, one, 'down'))
  })

  test('that is asked for later is made sooner: it is what a person looks at', async () => {
    const fresh = createLayouter()
    const made: number[] = []
    const ask = (seed: number) => fresh.layout(randomChart(seed, 9), NOTHING).then(() => made.push(seed))
    await Promise.all([ask(1), ask(2), ask(3)])
    expect(made).toEqual([1, 3, 2])
  })

  test('reads in the order in which the machine is declared, from where it begins', async () => {
    const { boxes } = await layouter.layout(model, NOTHING, 'right')
    const left = (id: string): number => boxes.find((box) => box.id === id)?.x ?? Number.NaN
    expect(left('signaling.offline')).toBeLessThan(left('signaling.up'))
    expect(left('signaling.up.dialing')).toBeLessThan(left('signaling.up.joining'))
    expect(left('signaling.up.joining')).toBeLessThan(left('signaling.up.online'))
    expect(left('signaling.up')).toBeLessThan(left('signaling.waiting'))
  })

  test('shows where each state with states in it begins', async () => {
    const { starts } = await layouter.layout(model, NOTHING)
    expect(starts.map(({ parent }) => parent)).toEqual(['signaling', 'signaling.up'])
  })

  test('places regions as they are declared', async () => {
    const { boxes } = await layouter.layout(
      describeMachine(syncPeerMachine),
      autoFold(describeMachine(syncPeerMachine), [], 1),
    )
    const regions = boxes.filter(({ region }) => region)
    expect(regions.map(({ id }) => id)).toHaveLength(5)
    expect(regions.map(({ y }) => y)).toEqual(regions.map(({ y }) => y).toSorted((a, b) => a - b))
    expect(new Set(regions.map(({ x }) => x)).size).toBe(1)
  })
})

test('an arrow goes around rounded corners and stops where its tip begins', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 50, y: 0 },
    { x: 50, y: 40 },
  ]
  expect(wayOf(points)).toBe('M0 0L43 0Q50 0 50 7L50 33')
  expect(tipOf(points)).toBe('M50 40L46.4 32L53.6 32Z')
})
