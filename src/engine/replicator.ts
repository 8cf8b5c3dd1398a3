import { type CallbackActorLogic, fromCallback } from 'xstate'
import type { FaultCode } from '#model/fault'
import type { ReplicatorCommand, ReplicatorFact, ReplicatorInput } from '#machines/ports'
import type { Depot } from '#wire/depot-types'
import type { EngineClock } from './ports.ts'
import { createReplication } from './replication.ts'
import type { Session } from './session.ts'

/** What the replicator works on; the session is there for as long as a link can be. */
export interface ReplicatorServices {
  readonly depot: Depot
  readonly clock: EngineClock
  readonly now: () => number
  /** 16 random bytes, base64url. */
  readonly nonce: () => string
  readonly session: () => Session | undefined
  /** A peer has just told what it holds. */
  readonly told: (peerId: string) => void
  /** Entries from a peer were refused. */
  readonly refused: (fault: FaultCode, peerId?: string) => void
}

/** The `replicator` port: translates between the chart of one peer and its replication. */
export const createReplicatorLogic = (
  services: ReplicatorServices,
): CallbackActorLogic<ReplicatorCommand, ReplicatorInput> =>
  fromCallback<ReplicatorCommand, ReplicatorInput>(({ input, sendBack, receive }) => {
    const session = services.session()
    if (!session) return
    const replication = createReplication({
      ...services,
      session,
      ...input,
      tell: (fact: ReplicatorFact) => sendBack(fact),
    })
    receive((command) => {
      if (command.type === 'replicator.greeted') replication.greeted(command.hello)
      else if (command.type === 'replicator.pack') replication.pack()
      else if (command.type === 'replicator.askAgain') replication.askAgain(command.abandoned)
      else replication.take(command.ticket, command.kind)
    })
    replication.introduce()
    return () => replication.close()
  })
