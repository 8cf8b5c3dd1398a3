import { membership } from './membership.region.ts'
import { rendezvous } from './rendezvous.region.ts'
import { mesh, sayGoodbye } from './sync-mesh.setup.ts'

/** All other devices of the room, and the roads to them. Known to its actor system as `mesh`. */
export const syncMeshMachine = mesh.createMachine({
  id: 'sync-mesh',
  description: 'Finds the other devices of the room and keeps an actor for each.',
  context: ({ input: { knownPeers, ...input } }) => ({
    ...input,
    met: knownPeers,
    listed: [],
    admitted: [],
    linked: [],
    banned: [],
    crashed: [],
    peers: [],
    spawned: 0,
    spawnedBefore: 0,
    crashes: 0,
  }),
  initial: 'running',
  states: {
    running: {
      description: 'Devices are found, linked and looked after.',
      type: 'parallel',
      states: { membership, rendezvous },
      on: { 'mesh.close': 'closed' },
    },
    closed: {
      description: 'Every device was told goodbye.',
      type: 'final',
      entry: sayGoodbye,
    },
  },
})
