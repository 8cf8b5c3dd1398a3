import { describe } from 'vitest'
import { pageContract } from '#contracts/page/page-contract'
import { keep } from './support/keep.ts'
import { simulatedPages } from './support/simulated-pages.ts'
import { inSimulation } from './support/simulation.ts'

describe('presence in the simulation', () => {
  keep(inSimulation(pageContract(simulatedPages)))
})
