import { createPulse } from '#adapters/page/pulse'
import type { ClockHarness } from '#contracts/clock/clock-contract'
import type { PulseHarness } from '#contracts/pulse/pulse-contract'
import { catchingInTurn, createSimulation, simulated } from './simulation.ts'

/** One of the clocks of a simulated page. */
export const simulatedClocks = (name: 'wall' | 'steady'): ClockHarness => ({
  open: () => ({ ...createSimulation().host('page')[name], catching: catchingInTurn }),
  until: simulated,
  powers: ['catching'],
})

/** The production pulse in a page that can be frozen. */
export const simulatedPulses: PulseHarness = {
  open: () => {
    const { host, timeline } = createSimulation()
    const page = host('page')
    return {
      pulse: createPulse({ clock: page.wall }),
      stall: (ms) => {
        page.freeze()
        return new Promise((resolve) => {
          timeline.after(ms, () => {
            page.thaw()
            resolve()
          })
        })
      },
    }
  },
  until: simulated,
  everyMs: 2_000,
}
