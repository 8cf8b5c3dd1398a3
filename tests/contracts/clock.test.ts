import { describe } from 'vitest'
import { wallClock } from '#adapters/page/clock'
import { createPulse } from '#adapters/page/pulse'
import { steadyClock } from '#adapters/steady-clock'
import { clockContract } from '#contracts/clock/clock-contract'
import { pulseContract } from '#contracts/pulse/pulse-contract'
import { keep } from './support/keep.ts'
import { real } from './support/real-until.ts'
import { simulatedClocks, simulatedPulses } from './support/simulated-clocks.ts'
import { inSimulation } from './support/simulation.ts'
import { catchingInNode } from './support/throwing.ts'

describe.each([
  ['wall clock', wallClock],
  ['monotonic clock', steadyClock],
])('the %s of Node', (_name, clock) => {
  keep(clockContract({ open: () => ({ ...clock, catching: catchingInNode }), until: real, powers: ['catching'] }))
})

describe.each(['wall', 'steady'] as const)('the %s clock of the simulation', (name) => {
  keep(inSimulation(clockContract(simulatedClocks(name))))
})

/** Holds up the one thread there is: every timer of the process is late. */
const stall = (ms: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

describe('the pulse of Node', () => {
  const open = () => ({ pulse: createPulse(), stall })
  keep(pulseContract({ open, until: real, everyMs: 100 }))
})

describe('the pulse of the simulation', () => {
  keep(inSimulation(pulseContract(simulatedPulses)))
})
