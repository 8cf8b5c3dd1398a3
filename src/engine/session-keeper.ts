import type { FaultCode } from '#model/fault'
import type { OpenedStore } from '#machines/ports'
import type { StoreChange } from '#store/replica-store.types'
import type { EnginePorts } from './ports.ts'
import type { GivenRoom } from './room.ts'
import { closeSession, openSession, type Session } from './session.ts'

/** What the rest of the engine hears of the session. */
export interface SessionListener {
  readonly opened: (session: Session) => void
  readonly closed: () => void
  /** Entries became durable and visible. */
  readonly changed: (change: StoreChange) => void
  /** Another device's vector changed, or the storage fault. */
  readonly touched: () => void
  readonly fault: (fault: FaultCode, peerId?: string) => void
}

/** Keeps the one open session, and what outlives it. */
export interface SessionKeeper {
  readonly current: () => Session | undefined
  /** '' before the first opening. */
  readonly peerId: () => string
  /** '' before the first opening of a room that was given by its secret alone. */
  readonly roomId: () => string
  /** When another device last confirmed everything of ours, ms since 1970; 0 for never. */
  readonly lastSync: () => number
  readonly open: (name: string) => Promise<OpenedStore>
  readonly close: () => Promise<void>
  /** A peer has just told what it holds. */
  readonly told: (peerId: string) => void
  /** Entries from a peer were refused. */
  readonly refused: (fault: FaultCode, peerId?: string) => void
  /** Calls with each storage fault and with undefined when it is over, while a session is open. */
  readonly onStorageFault: (listener: (fault: FaultCode | undefined) => void) => () => void
}

export const createSessionKeeper = (ports: EnginePorts, room: GivenRoom, listener: SessionListener): SessionKeeper => {
  let session: Session | undefined
  let peerId = ''
  let roomId = room.id ?? ''
  let lastSync = 0
  return {
    current: () => session,
    peerId: () => peerId,
    roomId: () => roomId,
    lastSync: () => lastSync,
    open: async (name) => {
      session = await openSession({ name, room, ports }, (fault) => listener.fault(fault))
      peerId = session.opened.peerId
      roomId = session.room.id
      lastSync = lastConfirmation(session)
      session.ledger.subscribe(listener.touched)
      session.store.subscribe(listener.changed)
      session.store.onFault((fault) => (fault ? listener.fault(fault) : listener.touched()))
      listener.opened(session)
      if (session.keyFault) listener.fault(session.keyFault)
      return session.opened
    },
    close: async () => {
      const closing = session
      session = undefined
      listener.closed()
      if (closing) await closeSession(closing)
    },
    told: (from) => {
      if (!session || !confirmsAll(session, from)) return
      lastSync = ports.now()
      listener.touched()
    },
    refused: listener.fault,
    onStorageFault: (notice) => (session ? watchStorage(session, notice) : () => {}),
  }
}

/** A key that is not kept is a trouble for as long as the session lasts; what the store itself has comes first. */
const watchStorage = ({ store, keyFault }: Session, notice: (fault: FaultCode | undefined) => void): (() => void) => {
  const shown = store.fault ?? keyFault
  if (keyFault && shown) notice(shown)
  return store.onFault((fault) => notice(fault ?? keyFault))
}

const confirmsAll = ({ ledger, store, own }: Session, from: string): boolean => {
  const [mine, theirs] = [store.vector(), ledger.acked(from)]
  return [...own].every((author) => theirs.get(author) === mine.get(author))
}

/** What the peer book still tells after a restart. */
const lastConfirmation = (session: Session): number =>
  session.ledger
    .peers()
    .filter(({ peerId }) => confirmsAll(session, peerId))
    .reduce((latest, { lastSeen }) => Math.max(latest, lastSeen), 0)
