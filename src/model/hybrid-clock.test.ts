import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HybridClock, isAhead, wholeMs } from './hybrid-clock.ts'
import { LIMITS } from './limits.ts'

const later = (a: { timestamp: number; counter: number }, b: { timestamp: number; counter: number }): boolean =>
  a.timestamp > b.timestamp || (a.timestamp === b.timestamp && a.counter > b.counter)

describe('HybridClock', () => {
  it('shows wall time while that goes on', () => {
    const clock = new HybridClock()
    clock.adopt(clock.next(1_000))
    expect(clock.next(1_001)).toEqual({ timestamp: 1_001, counter: 0 })
  })

  it('counts within a millisecond, and when the wall clock goes back', () => {
    const clock = new HybridClock()
    clock.adopt(clock.next(1_000))
    expect(clock.next(1_000)).toEqual({ timestamp: 1_000, counter: 1 })
    expect(clock.next(3)).toEqual({ timestamp: 1_000, counter: 1 })
  })

  it('starts at 0 without a counter even where the wall clock shows 0', () => {
    expect(new HybridClock().next(0)).toEqual({ timestamp: 0, counter: 0 })
  })

  it('moves only when a reading is adopted', () => {
    const clock = new HybridClock()
    expect(clock.next(5)).toEqual(clock.next(5))
    expect(clock.next(5, clock.next(5))).toEqual({ timestamp: 5, counter: 1 })
  })

  it('gets ahead of every reading seen, and never repeats or goes back', () => {
    const event = fc.record({
      wall: fc.nat(9),
      remote: fc.option(fc.record({ timestamp: fc.nat(9), counter: fc.nat(3) })),
    })
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const clock = new HybridClock()
        for (const { wall, remote } of events) {
          const before = clock.last
          if (remote) clock.observe(remote, wall)
          const reading = clock.next(wall)
          expect(later(reading, before) && (!remote || later(reading, remote))).toBe(true)
          clock.adopt(reading)
        }
      }),
    )
  })

  it('adopts another device’s time up to 5 minutes ahead and not a millisecond more', () => {
    const clock = new HybridClock()
    expect(clock.observe({ timestamp: 1_000 + LIMITS.clockAheadMs, counter: 4 }, 1_000)).toBe(true)
    expect(clock.last).toEqual({ timestamp: 301_000, counter: 4 })
    expect(clock.observe({ timestamp: 1_001 + LIMITS.clockAheadMs, counter: 0 }, 1_000)).toBe(false)
    expect(clock.last).toEqual({ timestamp: 301_000, counter: 4 })
    expect([isAhead(301_000, 1_000), isAhead(301_001, 1_000)]).toEqual([false, true])
  })

  it('borrows the next millisecond when the counter is used up', () => {
    const clock = new HybridClock()
    clock.adopt({ timestamp: 7, counter: 0xffff })
    expect(clock.next(7)).toEqual({ timestamp: 8, counter: 0 })
    clock.adopt({ timestamp: 7, counter: Number.MAX_SAFE_INTEGER })
    expect(clock.next(7)).toEqual({ timestamp: 8, counter: 0 })
  })

  it('throws when it has run past its range, instead of repeating itself', () => {
    const clock = new HybridClock()
    clock.adopt({ timestamp: Number.MAX_SAFE_INTEGER, counter: 0xffff })
    expect(() => clock.next(1)).toThrow(expect.objectContaining({ code: 'hlc-exhausted' }))
  })

  it('takes broken wall clocks as whole milliseconds in range', () => {
    const shown = [1.9, -5, Number.NaN, Number.POSITIVE_INFINITY, 1e300]
    expect(shown.map(wholeMs)).toEqual([1, 0, 0, 0, Number.MAX_SAFE_INTEGER])
  })
})
