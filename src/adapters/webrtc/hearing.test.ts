import { expect, test } from 'vitest'
import { createFacts } from './facts.ts'
import { createHearing } from './hearing.ts'

const listen = () => {
  let now = 0
  const facts: string[] = []
  const hearing = createHearing(
    { now: () => now, setTimeout: () => 0, clearTimeout: () => {} },
    createFacts(({ type }) => facts.push(type)),
  )
  const at = (ms: number) => {
    now = ms
  }
  return { facts, ...hearing, at }
}

test('of many words two a second are told', () => {
  const { facts, heard, at } = listen()
  for (let ms = 0; ms < 2_000; ms += 50) {
    at(ms)
    heard()
  }
  expect(facts).toHaveLength(4)
})

test('the answer to a question is told, however soon it comes after another word', () => {
  const { facts, heard, awaited, at } = listen()
  heard()
  at(10)
  awaited()
  at(20)
  heard()
  at(30)
  heard()
  expect(facts).toEqual(['link.heard', 'link.heard'])
})
