import { describe } from 'vitest'
import { socketContract } from '#contracts/socket/socket-contract'
import { keep } from './support/keep.ts'
import { nodeSockets } from './support/node-sockets.ts'
import { simulatedSockets } from './support/simulated-sockets.ts'
import { inSimulation } from './support/simulation.ts'

describe('sockets of Node and the real server', () => {
  keep(socketContract(nodeSockets))
})

describe('sockets and server of the simulation', () => {
  keep(inSimulation(socketContract(simulatedSockets)))
})
