import { signalingMachine } from '../signaling/index.ts'
import { syncPeerMachine } from '../sync-peer/index.ts'

/** The seats of the mesh: none of the world's, but those of two charts whose own seats the engine fills. */
export const syncMeshPorts = { signaling: signalingMachine, peer: syncPeerMachine }
