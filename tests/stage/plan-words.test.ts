import { expect, test } from 'vitest'
import { planOf } from '#world/plan'
import type { FaultKind } from '#world/plan.types'
import { personOf } from '../../stories/stage/people.ts'
import { faultPlanWords, writeWords } from '../../stories/stage/plan-words.ts'
import { planHappening } from '../../stories/stage/run-plan.ts'

const callOf = (place: string) => (place === 'server' ? 'the server' : personOf(place))
const plans = Array.from({ length: 120 }, (_, seed) => planOf(seed, 5))
/** What only a machine says: JSON, names of kinds and devices. */
const RAW = /[{}"]|undefined|NaN|\b[b-e]\b|(?!kB)[a-z][A-Z]/

test('whatever a plan holds is told in plain words', () => {
  const kinds = new Set<FaultKind>()
  for (const { faults, writes } of plans) {
    for (const fault of faults) {
      kinds.add(fault.kind)
      const { begins, ends } = faultPlanWords(fault, callOf)
      expect(begins).not.toMatch(RAW)
      expect(ends ?? 'It is over at once.').not.toMatch(RAW)
      expect(begins).not.toBe(ends)
    }
    for (const write of writes) expect(writeWords(write, callOf)).not.toMatch(RAW)
  }
  expect(kinds.size).toBe(20)
})

test('a step of a run is in words, and kept as it was', () => {
  const write = 'a: {"at":5,"device":"a","does":"put","record":"r2","fields":["f0","f1"],"bytes":20} #3'
  expect(planHappening(write, callOf)).toEqual({
    kind: 'deed',
    says: 'Anna writes f0, f1 of record r2',
    step: write,
  })
  const refused = planHappening(`${write}: FieldmeshError: This device’s storage is full.`, callOf)
  expect(refused?.says).toBe('Anna writes f0, f1 of record r2: refused. This device’s storage is full.')
  const cut = '{"at":5,"ms":9,"kind":"cut","a":"a","b":"server","way":"back"} #1'
  expect(planHappening(`fault begins: ${cut}`, callOf)?.says).toBe('Nothing passes from the server to Anna')
  expect(planHappening(`fault ends: ${cut}`, callOf)?.says).toBe('The road between Anna and the server is open again')
  expect(planHappening('a: “Try again”', callOf)?.says).toBe('Anna presses “Try again”')
  expect(planHappening('RUN-2: not quiet', callOf)).toEqual({ kind: 'broken', says: 'RUN-2: not quiet' })
})

test('what the stage tells itself, and the end of what was over at once, is not told', () => {
  expect(planHappening('a: running, server online', callOf)).toBeUndefined()
  expect(planHappening('fault ends: {"at":5,"ms":9,"kind":"roam","device":"a"} #1', callOf)).toBeUndefined()
})
