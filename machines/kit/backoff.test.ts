import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoff } from './backoff.ts'
import { seedOf } from './seed.ts'
import { TIMINGS } from './timings.ts'

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 })

test('a wait is whole milliseconds between nothing and min(30 s, 1 s · 2ⁿ), however many attempts failed', () => {
  fc.assert(
    fc.property(seed, fc.nat(100_000), (s, attempt) => {
      const ms = backoff({ seed: s, attempt })
      expect(Number.isSafeInteger(ms)).toBe(true)
      expect(ms).toBeGreaterThanOrEqual(0)
      expect(ms).toBeLessThan(Math.min(TIMINGS.backoffMax, TIMINGS.backoffBase * 2 ** attempt))
    }),
  )
})

test('the same seed and attempt give the same wait', () => {
  fc.assert(
    fc.property(seed, fc.nat(40), (s, attempt) => {
      expect(backoff({ seed: s, attempt })).toBe(backoff({ seed: s, attempt }))
    }),
  )
})

test.each([0, 1, 5, 12])(
  'a crowd of neighbouring seeds is spread evenly over the whole range at attempt %i',
  (attempt) => {
    const ceiling = Math.min(TIMINGS.backoffMax, TIMINGS.backoffBase * 2 ** attempt)
    const tenths = Array.from({ length: 10_000 }, (_, s) => Math.floor((backoff({ seed: s, attempt }) / ceiling) * 10))
    for (let tenth = 0; tenth < 10; tenth++) {
      const count = tenths.filter((each) => each === tenth).length
      expect(count).toBeGreaterThan(850)
      expect(count).toBeLessThan(1_150)
    }
  },
)

test('the attempts of one device are spread too: its waits are not one fraction of the ceiling', () => {
  const fractions = Array.from({ length: 20 }, (_, n) => backoff({ seed: 7, attempt: n + 5 }) / TIMINGS.backoffMax)
  expect(new Set(fractions.map((f) => Math.floor(f * 10))).size).toBeGreaterThan(5)
})

test('a seed from text is a 32-bit number that differs between devices', () => {
  expect(seedOf('')).toBe(0x811c9dc5)
  expect(seedOf('a')).toBe(0xe40c292c)
  expect(seedOf('foobar')).toBe(0xbf9cf968)
})
