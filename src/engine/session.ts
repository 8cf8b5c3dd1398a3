import type { FaultCode } from '#model/fault'
import type { OpenedStore } from '#machines/ports'
import { loadIdentity } from '#store/identity'
import { openLedger } from '#store/ledger'
import { openReplicaStore } from '#store/replica-store'
import type { Ledger, ReplicaStore } from '#store/replica-store.types'
import type { VectorClock } from '#model/vector-clock'
import type { EnginePorts } from './ports.ts'

/** What lives from the opening of the store to its closing. */
export interface Session {
  readonly store: ReplicaStore
  readonly ledger: Ledger
  readonly opened: OpenedStore
  /** Ids under which this device wrote entries: its own, and any before it. */
  readonly own: ReadonlySet<string>
  /** Our vector as each peer was last told it, so that a reconnect needs only what changed since. */
  readonly shown: Map<string, VectorClock>
}

/** Opens journal, identity, replica and ledger of one store. Rejects with FieldmeshError; then nothing stays open. */
export const openSession = async (
  name: string,
  ports: EnginePorts,
  onFault: (fault: FaultCode) => void,
): Promise<Session> => {
  const journal = await ports.openJournal(name)
  try {
    const { peerId, epoch, former } = await loadIdentity(journal, ports.randomBytes, ports.now, onFault)
    const store = await openReplicaStore({ journal, peerId, now: ports.now })
    const ledger = await openLedger(journal, { clock: ports.clock, onFault })
    const knownPeers = ledger.peers().map((peer) => peer.peerId)
    return { store, ledger, opened: { peerId, epoch, knownPeers }, own: new Set([peerId, ...former]), shown: new Map() }
  } catch (error) {
    await journal.close().catch(() => undefined)
    throw error
  }
}

/** Writes what is under way, then closes the journal. */
export const closeSession = async ({ ledger, store }: Session): Promise<void> => {
  try {
    await ledger.flush()
  } finally {
    await store.close()
  }
}
