import { expect, test } from 'vitest'
import { rowWindow } from './use-row-window.ts'

const ROW = 24

test('of very many rows those in sight are drawn, and some around them', () => {
  const { first, last } = rowWindow({ top: 24_000, height: 480 }, ROW, 100_000)
  expect(first).toBeLessThan(1_000)
  expect(last).toBeGreaterThan(1_020)
  expect(last - first).toBeLessThan(60)
})

test('of few rows all are drawn', () => {
  expect(rowWindow({ top: 0, height: 480 }, ROW, 3)).toEqual({ first: 0, last: 3 })
  expect(rowWindow({ top: 0, height: 480 }, ROW, 0)).toEqual({ first: 0, last: 0 })
})

test('a list that became shorter than it was scrolled shows its end', () => {
  const { last } = rowWindow({ top: 90_000, height: 480 }, ROW, 50)
  expect(last).toBe(50)
})
