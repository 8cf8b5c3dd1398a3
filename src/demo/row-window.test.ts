import { expect, test } from 'vitest'
import { rowWindow } from './row-window.ts'

test('only rows in sight and a few around them are drawn, however long the list', () => {
  expect(rowWindow(0, 640, 64, 10_000)).toEqual({ first: 0, last: 21 })
  expect(rowWindow(64_000, 640, 64, 10_000)).toEqual({ first: 990, last: 1_021 })
})

test('the end of the list, and beyond it, shows the last rows', () => {
  expect(rowWindow(9_990 * 64, 640, 64, 10_000)).toEqual({ first: 9_979, last: 10_000 })
  expect(rowWindow(9_990 * 64, 640, 64, 30)).toEqual({ first: 9, last: 30 })
})

test('a list shorter than the screen is drawn whole, even when the scroller was further down', () => {
  expect(rowWindow(0, 640, 64, 3)).toEqual({ first: 0, last: 3 })
  expect(rowWindow(50_000, 640, 64, 3)).toEqual({ first: 0, last: 3 })
  expect(rowWindow(0, 0, 64, 0)).toEqual({ first: 0, last: 0 })
})
