import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { SeenClock } from './seen-clock.ts'
import { VectorClock } from './vector-clock.ts'

const clock = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.integer({ min: 1, max: 4 })), { minLength: 1 })
  .map((pairs) => new VectorClock(new Map(pairs)).toJSON())

it('a record’s clock is the join of those added, whichever covers which', () => {
  fc.assert(
    fc.property(fc.array(clock), (clocks) => {
      const seen = new SeenClock()
      const join = new VectorClock()
      for (const added of clocks) {
        seen.add(added)
        join.merge(Object.entries(added))
        expect(VectorClock.fromJSON(seen.toClock()).toJSON()).toEqual(join.toJSON())
      }
    }),
  )
})

it('a record’s clock is given as a copy', () => {
  const seen = new SeenClock()
  seen.add({ a: 1 })
  Object.assign(seen.toClock(), { a: 9 })
  expect(seen.toClock()).toEqual({ a: 1 })
})
