import { expect, test } from 'vitest'
import { createHistory } from '../../stories/stage/history.ts'
import type { Moment } from '../../stories/stage/moment.types.ts'

const moment = (at: number): Omit<Moment, 'n'> => ({
  at,
  devices: {},
  network: { roads: [], isServerUp: true, links: 0 },
  caption: `at ${at}`,
  kind: 'chart',
  happened: [],
})
const filled = (count: number, most: number) => {
  const history = createHistory(most)
  for (let at = 0; at < count; at++) history.add(moment(at))
  return history
}

test('keeps so many moments, tells how many it dropped, and never renumbers them', () => {
  const history = filled(10, 4)
  expect(history.dropped).toBe(6)
  expect(history.moments.map(({ n, at }) => [n, at])).toEqual([
    [6, 6],
    [7, 7],
    [8, 8],
    [9, 9],
  ])
})

test('shows the past by its numbers, the nearest where there is none, and now', () => {
  const history = filled(10, 4)
  expect(history.shown).toBeUndefined()
  history.show(8)
  expect(history.shown?.at).toBe(8)
  history.show(2)
  expect(history.shown?.at).toBe(6)
  history.show(9)
  expect(history.cursor).toBeUndefined()
  history.show(7)
  history.show()
  expect(history.shown).toBeUndefined()
})

test('what is looked at stays, whatever comes after it, until it is dropped', () => {
  const history = filled(4, 4)
  history.show(1)
  history.add(moment(4))
  expect(history.shown?.at).toBe(1)
  for (let at = 5; at < 9; at++) history.add(moment(at))
  expect(history.shown?.at).toBe(5)
})

test('a history of one moment has no past', () => {
  const history = filled(1, 4)
  history.show(-1)
  expect(history.cursor).toBeUndefined()
})
