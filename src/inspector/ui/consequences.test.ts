import { expect, test } from 'vitest'
import type { InspectRecord } from '../records.types.ts'
import { createConsequences } from './consequences.ts'

const at = 0
const event = (n: number, actor: string, type: string): InspectRecord => ({ kind: 'event', n, at, actor, type })
const step = (n: number, actor: string, type: string, ...transitions: string[]): InspectRecord => ({
  kind: 'step',
  n,
  at,
  actor,
  type,
  transitions,
})
const rest = (n: number, actor: string): InspectRecord => ({ kind: 'snapshot', n, at, actor, status: 'active' })

const told = (...records: readonly InspectRecord[]) => {
  const consequences = createConsequences()
  for (const record of records) consequences.take(record)
  return (n: number) => {
    const { steps, last } = consequences.of(n)
    return { transitions: steps.flatMap(({ transitions }) => transitions), last }
  }
}

test('an event is followed by its microsteps, and ends where its actor comes to rest', () => {
  const of = told(event(0, 'a', 'go'), step(1, 'a', 'go', 't1'), step(2, 'a', 'go', 't2', 't3'), rest(3, 'a'))
  expect(of(0)).toEqual({ transitions: ['t1', 't2', 't3'], last: 3 })
})

test('what another actor does in between belongs to that one', () => {
  const of = told(
    event(0, 'a', 'go'),
    step(1, 'a', 'go', 'a1'),
    event(2, 'b', 'come'),
    step(3, 'b', 'come', 'b1'),
    rest(4, 'b'),
    rest(5, 'a'),
  )
  expect(of(0)).toEqual({ transitions: ['a1'], last: 5 })
  expect(of(2)).toEqual({ transitions: ['b1'], last: 4 })
})

test('events that wait in the mailbox are dealt with in the order of their coming', () => {
  const of = told(
    event(0, 'a', 'ping'),
    event(1, 'a', 'ping'),
    step(2, 'a', 'ping', 'first'),
    rest(3, 'a'),
    step(4, 'a', 'ping', 'second'),
    rest(5, 'a'),
  )
  expect(of(0)).toEqual({ transitions: ['first'], last: 3 })
  expect(of(1)).toEqual({ transitions: ['second'], last: 5 })
})

test('an event that led to nothing is passed over', () => {
  const of = told(event(0, 'a', 'noise'), event(1, 'a', 'go'), step(2, 'a', 'go', 't'), rest(3, 'a'))
  expect(of(0)).toEqual({ transitions: [], last: 0 })
  expect(of(1)).toEqual({ transitions: ['t'], last: 3 })
})

test('a step whose event was before the recording belongs to none of it', () => {
  const of = told(step(0, 'a', 'go', 't'), event(1, 'a', 'come'))
  expect(of(1)).toEqual({ transitions: [], last: 1 })
})

test('an event of very many microsteps: its list grows, and is not copied with each', () => {
  const consequences = createConsequences()
  for (const record of [event(0, 'a', 'go'), step(1, 'a', 'go', 't1')]) consequences.take(record)
  const { steps } = consequences.of(0)
  consequences.take(step(2, 'a', 'go', 't2'))
  expect(consequences.of(0).steps).toBe(steps)
  expect(consequences.of(0)).toMatchObject({ last: 2, steps: [{ n: 1 }, { n: 2 }] })
})
