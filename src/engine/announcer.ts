import type { ReplicatorFact } from '#machines/ports'
import { LIMITS } from '#model/limits'
import { VectorClock } from '#model/vector-clock'
import { encodeControl } from '#wire/control-codec'
import type { SignedLock } from '#trust/locks'
import type { Depot } from '#wire/depot-types'
import { vectorDigest } from '#wire/digest'
import type { Hello, VectorMessage } from '#wire/messages'
import type { Introduction } from './introduction.ts'
import type { Session } from './session.ts'
import type { Timers } from './timers.ts'
import { changes } from './vectors.ts'

/** A full depot is looked at again after this long, ms. */
const DEPOT_RETRY = 250

export interface AnnouncerOptions {
  readonly peerId: string
  readonly connId: string
  readonly session: Session
  readonly depot: Depot
  readonly timers: Timers
  readonly tell: (fact: ReplicatorFact) => void
}

/** Tells one peer our vector: acknowledgment, announcement and, with `pull`, the wish to be sent what it lacks. */
export interface Announcer {
  /** Learns from the hellos what the peer knows of us already. */
  greeted(theirs: Hello, ours: Introduction): void
  /** Tells what changed since the peer was last told, or everything where it knows nothing. */
  show(): void
  /** Tells everything, and asks for what it lacks. */
  pull(): void
  /** Hands on the newest lock of the room. */
  hand(lock: SignedLock): void
  /**
   * Like `pull`, but as if we held nothing of these authors: their whole logs come again, to be compared with ours.
   * Until that is done nothing is said of them.
   */
  compare(authors: readonly string[]): void
  /** The logs of these authors were compared, as far as we hold them. */
  compared(authors: Iterable<string>): void
}

export const createAnnouncer = ({ peerId, connId, session, depot, timers, tell }: AnnouncerOptions): Announcer => {
  const { store, shown } = session
  const comparing = new Set<string>()
  let greeted = false

  const remember = (vector: VectorClock) => {
    shown.delete(peerId)
    shown.set(peerId, vector)
    const [oldest] = shown.keys()
    if (shown.size > LIMITS.ledgerPeers && oldest !== undefined) shown.delete(oldest)
  }
  const announce = (message: Omit<VectorMessage, 'kind'>): void => {
    const ticket = depot.put(connId, encodeControl({ kind: 'vector', ...message }))
    if (ticket === undefined) timers.after(DEPOT_RETRY, () => announce(message))
    else tell({ type: 'replicator.announce', ticket })
  }
  const told = () => new VectorClock([...store.vector()].filter(([author]) => !comparing.has(author)))
  const whole = (pull: boolean, lock?: SignedLock) => {
    const mine = told()
    remember(mine)
    announce({ base: '', clock: mine.toJSON(), pull, ...(lock && { lock }) })
  }

  return {
    greeted: (theirs, { hello, mine }) => {
      greeted = true
      const base = shown.get(peerId)
      if (theirs.digest === hello.digest || theirs.cookie === hello.digest) remember(mine)
      else if (!base || vectorDigest(base) !== theirs.cookie) shown.delete(peerId)
    },
    show: () => {
      if (!greeted) return
      const base = shown.get(peerId)
      if (!base) return whole(false)
      const mine = told()
      const clock = changes(base, mine)
      if (Object.keys(clock).length === 0) return
      remember(mine)
      announce({ base: vectorDigest(base), clock, pull: false })
    },
    pull: () => whole(true),
    hand: (lock) => whole(false, lock),
    compare: (authors) => {
      for (const author of authors) comparing.add(author)
      whole(true)
    },
    compared: (authors) => {
      for (const author of authors) comparing.delete(author)
    },
  }
}
