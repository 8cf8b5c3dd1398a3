import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonBytes } from './json-bytes.ts'

const real = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length

const isEnough = (value: unknown): boolean => jsonBytes(value) >= real(value)
const enoughFor = (values: fc.Arbitrary<unknown>) => fc.check(fc.property(values, isEnough), { numRuns: 2_000 })

test('never fewer bytes than JSON takes', () => {
  const json = fc.jsonValue({
    stringUnit: fc.constantFrom(
      'a',
      'Z',
      '9',
      '"',
      '\\',
      '\n',
      '\u0000',
      '\u007f',
      'ä',
      'Ж',
      '‹',
      '漢',
      '😀',
      '\ud800',
    ),
  })
  expect(enoughFor(json)).toMatchObject({ failed: false, counterexample: null })
})

test('any number', () => {
  expect(enoughFor(fc.double({ noNaN: true, noDefaultInfinity: true }))).toMatchObject({ counterexample: null })
  expect(enoughFor(fc.maxSafeInteger())).toMatchObject({ counterexample: null })
})

test('what records are made of is not made out to be much more than it is', () => {
  const record = {
    n: 123_456,
    at: 1_767_225_600_000,
    kind: 'step',
    actor: 'x:12',
    type: 'link.chunk',
    transitions: ['a --b[0]--> c'],
  }
  expect(jsonBytes(record)).toBeLessThan(real(record) * 1.1)
})
