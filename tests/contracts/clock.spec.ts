import { describe } from 'vitest'
import { wallClock } from '#adapters/page/clock'
import { createPulse } from '#adapters/page/pulse'
import { steadyClock } from '#adapters/steady-clock'
import { clockContract } from '#contracts/clock/clock-contract'
import { pulseContract } from '#contracts/pulse/pulse-contract'
import { keep } from './support/keep.ts'
import { real } from './support/real-until.ts'
import { catchingInPage } from './support/throwing.ts'

describe.each([
  ['wall clock', wallClock],
  ['monotonic clock', steadyClock],
])('the %s of Chromium', (_name, clock) => {
  keep(clockContract({ open: () => ({ ...clock, catching: catchingInPage }), until: real, powers: ['catching'] }))
})

/** A page that is busy with itself hears no timer. */
const stall = (ms: number): void => {
  const end = performance.now() + ms
  while (performance.now() < end);
}

describe('the pulse of Chromium', () => {
  const open = () => ({ pulse: createPulse(), stall })
  keep(pulseContract({ open, until: real, everyMs: 100 }))
})
