import { type EventObject, fromCallback, fromPromise } from 'xstate'
import type { LinkTap } from '#adapters/webrtc/link-tap'
import type { BanFact, BanInput, OpenedStore, StorageHealthFact, StorageInput } from '#machines/ports'
import { FieldmeshError } from '#model/fault'
import type { SocketTrust } from '#trust/socket-trust.types'
import { signalingMachine } from '#machines/signaling/signaling.machine'
import { syncEngineMachine } from '#machines/sync-engine/sync-engine.machine'
import { syncMeshMachine } from '#machines/sync-mesh/sync-mesh.machine'
import { syncPeerMachine } from '#machines/sync-peer/sync-peer.machine'
import { base64url } from '#model/base64url'
import type { Depot } from '#wire/depot-types'
import type { EnginePorts } from './ports.ts'
import { createProverLogic } from './prover.ts'
import { createReplicatorLogic } from './replicator.ts'
import type { SessionKeeper } from './session-keeper.ts'

export interface AssemblyServices {
  readonly ports: EnginePorts
  readonly depot: Depot
  readonly keeper: SessionKeeper
  /** Told of every link. */
  readonly tap: LinkTap
}

/** The keys of the session that is open; a socket lives no longer than that. */
const trustOf = (keeper: SessionKeeper): SocketTrust => {
  const trust = (): SocketTrust => {
    const session = keeper.current()
    if (session) return session.trust
    throw new FieldmeshError('not-running')
  }
  return {
    prove: async (claim) => trust().prove(claim),
    seal: async (to, plain) => trust().seal(to, plain),
    open: async (from, box) => trust().open(from, box),
  }
}

/** A ban is told to whoever listens for faults, and to the chart in the time of people. */
const createBanLogic = ({ ports, keeper }: Pick<AssemblyServices, 'ports' | 'keeper'>) =>
  fromCallback<EventObject, BanInput>(({ input: { peerId, forMs }, sendBack }) => {
    const tell: (fact: BanFact) => void = sendBack
    keeper.refused('peer-banned', peerId)
    tell({ type: 'ban.set', until: ports.now() + forMs })
  })

/** Puts the world into the seats of the charts: the only place in the project that does. */
export const assemble = ({ ports, depot, keeper, tap }: AssemblyServices) => {
  const peer = syncPeerMachine.provide({
    actors: {
      transport: ports.transport(depot, tap),
      pulse: ports.pulse,
      ban: createBanLogic({ ports, keeper }),
      prover: createProverLogic({
        suite: ports.crypto,
        session: keeper.current,
        now: ports.now,
        asked: keeper.refused,
      }),
      replicator: createReplicatorLogic({
        depot,
        clock: ports.clock,
        now: ports.now,
        nonce: () => base64url(ports.randomBytes(16)),
        session: keeper.current,
        told: keeper.told,
        refused: keeper.refused,
      }),
    },
  })
  const signaling = signalingMachine.provide({ actors: { socket: ports.socket(trustOf(keeper)) } })
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
