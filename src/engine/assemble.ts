import { fromCallback, fromPromise } from 'xstate'
import type { LinkTap } from '#adapters/webrtc/link-tap'
import type { OpenedStore, StorageHealthFact, StorageInput } from '#machines/ports'
import { signalingMachine } from '#machines/signaling/signaling.machine'
import { syncEngineMachine } from '#machines/sync-engine/sync-engine.machine'
import { syncMeshMachine } from '#machines/sync-mesh/sync-mesh.machine'
import { syncPeerMachine } from '#machines/sync-peer/sync-peer.machine'
import type { Depot } from '#wire/depot-types'
import type { EnginePorts } from './ports.ts'
import { createReplicatorLogic } from './replicator.ts'
import type { SessionKeeper } from './session-keeper.ts'

export interface AssemblyServices {
  readonly ports: EnginePorts
  readonly depot: Depot
  readonly keeper: SessionKeeper
  /** Told of every link. */
  readonly tap: LinkTap
}

/** Puts the world into the seats of the charts: the only place in the project that does. */
export const assemble = ({ ports, depot, keeper, tap }: AssemblyServices) => {
  const peer = syncPeerMachine.provide({
    actors: {
      transport: ports.transport(depot, tap),
      pulse: ports.pulse,
      replicator: createReplicatorLogic({
        depot,
        clock: ports.clock,
        now: ports.now,
        session: keeper.current,
        told: keeper.told,
        refused: keeper.refused,
      }),
    },
  })
  const signaling = signalingMachine.provide({ actors: { socket: ports.socket } })
  return syncEngineMachine.provide({
    actors: {
      leadership: ports.leadership,
      presence: ports.presence,
      openStore: fromPromise<OpenedStore, StorageInput>(({ input }) => keeper.open(input.name)),
      closeStore: fromPromise<void, StorageInput>(() => keeper.close()),
      storageHealth: fromCallback<{ type: never }, StorageInput>(({ sendBack }) => {
        const tell: (fact: StorageHealthFact) => void = sendBack
        return keeper.onStorageFault((fault) =>
          tell(fault ? { type: 'storage.failed', fault } : { type: 'storage.recovered' }),
        )
      }),
      mesh: syncMeshMachine.provide({ actors: { peer, signaling } }),
    },
  })
}

/** The whole chart of a device, its seats taken. */
export type EngineMachine = ReturnType<typeof assemble>
