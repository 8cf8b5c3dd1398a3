import { expect, test } from 'vitest'
import type { ChartState } from '#chart/chart.types'
import { enteredWords } from '../../stories/stage/entered-words.ts'

const state = (id: string, description?: string, states: readonly ChartState[] = []): ChartState => ({
  id,
  key: id,
  type: states.length > 0 ? 'compound' : 'atomic',
  initial: false,
  tags: [],
  children: [],
  entry: [],
  exit: [],
  states,
  ...(description !== undefined && { description }),
})
const model = {
  id: 'm',
  transitions: [],
  root: state('m', 'A machine.', [
    state('off', 'It is off.'),
    state('on', 'It is on.', [state('slow', 'It is slow.'), state('fast')]),
  ]),
}

test('a chart that begins says what it is for, then where it came to', () => {
  expect(enteredWords(model, [], ['m', 'off'])).toBe('A machine.')
  expect(enteredWords(model, ['m', 'off'], ['m', 'on', 'slow'])).toBe('It is on.')
  expect(enteredWords(model, ['m', 'on', 'fast'], ['m', 'on', 'slow'])).toBe('It is slow.')
})

test('a state without a sentence, and no move, say nothing', () => {
  expect(enteredWords(model, ['m', 'on', 'slow'], ['m', 'on', 'fast'])).toBeUndefined()
  expect(enteredWords(model, ['m', 'off'], ['m', 'off'])).toBeUndefined()
})
