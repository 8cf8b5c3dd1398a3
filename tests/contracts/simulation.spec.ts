import { describe } from 'vitest'
import { clockContract } from '#contracts/clock/clock-contract'
import { journalContract } from '#contracts/journal/journal-contract'
import { leadershipContract } from '#contracts/leadership/leadership-contract'
import { linkContract } from '#contracts/link/link-contract'
import { pageContract } from '#contracts/page/page-contract'
import { pulseContract } from '#contracts/pulse/pulse-contract'
import { socketContract } from '#contracts/socket/socket-contract'
import { keep } from './support/keep.ts'
import { simulatedClocks, simulatedPulses } from './support/simulated-clocks.ts'
import { simulatedLog, simulatedLogPowers } from './support/simulated-journals.ts'
import { simulatedLinks } from './support/simulated-links.ts'
import { simulatedPages } from './support/simulated-pages.ts'
import { simulatedSockets } from './support/simulated-sockets.ts'
import { simulatedTabs } from './support/simulated-tabs.ts'
import { inSimulation } from './support/simulation.ts'

describe.each([
  ['journal', journalContract(simulatedLog, { powers: simulatedLogPowers })],
  ['links', linkContract(simulatedLinks)],
  ['sockets and server', socketContract(simulatedSockets)],
  ['wall clock', clockContract(simulatedClocks('wall'))],
  ['monotonic clock', clockContract(simulatedClocks('steady'))],
  ['pulse', pulseContract(simulatedPulses)],
  ['leadership', leadershipContract(simulatedTabs)],
  ['presence', pageContract(simulatedPages)],
])('the %s of the simulation, in a page', { timeout: 90_000 }, (_name, cases) => {
  keep(inSimulation(cases))
})
