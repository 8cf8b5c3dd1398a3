import { describe } from 'vitest'
import { alwaysLeader, createLeadership } from '#adapters/storage/leadership'
import { leadershipContract } from '#contracts/leadership/leadership-contract'
import { keep } from './support/keep.ts'
import { real } from './support/real-until.ts'
import { simulatedTabs } from './support/simulated-tabs.ts'
import { inSimulation } from './support/simulation.ts'

const webLocks = { open: () => ({ leadership: createLeadership() }), until: real, powers: ['others'] as const }

describe('leadership by the Web Locks of Node', () => {
  keep(leadershipContract(webLocks))
})

describe('leadership by the Web Locks of the simulation', () => {
  keep(inSimulation(leadershipContract(simulatedTabs)))
})

describe('the leader that is always alone, as on a device with one tab in the simulation', () => {
  keep(leadershipContract({ open: () => ({ leadership: alwaysLeader }), until: real }))
})
