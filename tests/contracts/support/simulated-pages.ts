import { createPresence } from '#adapters/page/presence'
import type { PageHarness, PageUnderTest } from '#contracts/page/page-harness'
import { createSimulatedPage } from '#sim/page'
import { createSimulation, simulated } from './simulation.ts'

/** Longer than presence takes to look at its clock, ms. */
const LOOK_MS = 6_000

const open = (): PageUnderTest => {
  const { host, timeline } = createSimulation()
  const machine = host('page')
  const { page, ...deeds } = createSimulatedPage()
  const pass = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      timeline.after(ms, () => resolve())
    })
  let networks = 0
  return {
    presence: createPresence({ page, clock: machine.wall }),
    setOnline: (online) => deeds.setOnline(online),
    hide: () => deeds.hide(),
    show: () => deeds.show(),
    freeze: () => deeds.freeze(),
    resume: () => deeds.resume(),
    leave: () => deeds.leave(false),
    leaveForAWhile: () => deeds.leave(true),
    comeBack: () => deeds.returnTo(),
    changeNetwork: () => deeds.setNetwork(++networks % 2 === 1 ? 'cellular' : 'wifi'),
    changeEstimate: () => deeds.setNetwork(networks % 2 === 1 ? 'cellular' : 'wifi'),
    sleep: async (ms) => {
      await pass(LOOK_MS)
      machine.freeze()
      await pass(ms)
      machine.thaw()
      await pass(LOOK_MS)
    },
  }
}

/** The production presence in a simulated page. */
export const simulatedPages: PageHarness = {
  open,
  until: simulated,
  powers: ['visibility', 'freeze', 'leave', 'keep', 'network', 'sleep'],
}
