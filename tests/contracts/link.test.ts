import { describe } from 'vitest'
import { linkContract } from '#contracts/link/link-contract'
import { keep } from './support/keep.ts'
import { simulatedLinks } from './support/simulated-links.ts'
import { inSimulation } from './support/simulation.ts'

describe('links of the simulation', () => {
  keep(inSimulation(linkContract(simulatedLinks)))
})
