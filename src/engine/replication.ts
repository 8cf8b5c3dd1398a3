import type { ReplicatorFact } from '#machines/ports'
import { fromBase64url } from '#model/base64url'
import { type FaultCode, toFieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import { VectorClock } from '#model/vector-clock'
import type { IngestResult, StoreChange } from '#store/replica-store.types'
import type { SignedLock } from '#trust/locks'
import { peerIdOf } from '#trust/peer-id-of'
import { decodeControl } from '#wire/control-codec'
import type { Depot } from '#wire/depot-types'
import { type Hello, type MessageKind, PRIORITY, type Ticket } from '#wire/messages'
import { doubtOfMember } from './admission.ts'
import { createAnnouncer } from './announcer.ts'
import { createGapWatch } from './gap-watch.ts'
import { type Introduction, introductionOf, isOtherLog, peerVectorAfter } from './introduction.ts'
import type { EngineClock } from './ports.ts'
import type { Session } from './session.ts'
import { createTimers } from './timers.ts'
import { exceeds, withDots } from './vectors.ts'

/** A batch of at most this many entries that leaves nothing behind is live news, not backfill. */
const LIVE_ENTRIES = 64
/**
 * The first batch of a backlog; each further one is twice as large, up to `batchBytes`. The other side shows its first
 * records while we still pack, and neither side waits for the other to be done with a large one.
 */
const FIRST_BATCH_BYTES = 16 * 1024
/** Locks that one link may hand over: more rotations than happen while a link is up. */
const MOST_LOCKS = 8
/** After a wish for everything the next one is heeded no earlier than this, ms: each makes us pack a log anew. */
const PULL_REST = 1_000
/** Messages in doubt that may have been on their way when the whole log was asked for. */
const MOST_DOUBTS = 16
/** A full depot is looked at again after this long, ms. */
const DEPOT_RETRY = 250

export interface ReplicationOptions {
  readonly peerId: string
  readonly connId: string
  readonly session: Session
  readonly depot: Depot
  readonly clock: EngineClock
  readonly now: () => number
  /** 16 random bytes, base64url. */
  readonly nonce: () => string
  readonly tell: (fact: ReplicatorFact) => void
  /** The peer has just told what it holds. */
  readonly told: (peerId: string) => void
  /** Entries of this message were refused, named where the sender is to blame; to be shown. */
  readonly refused: (fault: FaultCode, peerId?: string) => void
}

export interface Replication {
  introduce(): void
  greeted(hello: Hello): void
  pack(): void
  take(ticket: Ticket, kind: MessageKind): void
  askAgain(abandoned?: Ticket): void
  close(): void
}

/**
 * Replication with one peer over one link (DESIGN §4): what it lacks is the log less its vector, derived and never
 * remembered beyond the link; what it is told of us is our durable vector.
 */
export const createReplication = (options: ReplicationOptions): Replication => new PeerReplication(options)

class PeerReplication implements Replication {
  readonly #options: ReplicationOptions
  readonly #timers
  readonly #announcer
  readonly #gaps
  readonly #unsubscribe: () => void
  #introduction: Introduction | undefined
  /** What the peer has, or will have once what was sent arrives; unknown until its vector is. */
  #sent: VectorClock | undefined
  /** Messages of entries are digested one at a time; those behind rest in the depot, where they hold back credit. */
  #digesting: Promise<void> = Promise.resolve()
  #open = true
  #batchBytes = FIRST_BATCH_BYTES
  /** Authors whose whole logs the peer was asked for on this link, and how often it gave reason to. */
  readonly #compared = new Set<string>()
  #doubts = 0
  /** A lock that was handed over, and the vector of who handed it. */
  #lockAside: { readonly lock: SignedLock; readonly clock: VectorClock } | undefined
  #locksTaken = 0
  #isPullHeeded = false
  #isPulledAgain = false
  #isGreeted = false
  #theirLocks: readonly string[] | undefined

  constructor(options: ReplicationOptions) {
    this.#options = options
    this.#timers = createTimers(options.clock)
    this.#announcer = createAnnouncer({ ...options, timers: this.#timers })
    this.#gaps = createGapWatch({ store: options.session.store, timers: this.#timers, ask: () => this.askAgain() })
    const { store, locks } = options.session
    const unsubscribes = [store.subscribe((change) => this.#onStored(change)), locks.subscribe(() => this.#handLock())]
    this.#unsubscribe = () => {
      for (const unsubscribe of unsubscribes) unsubscribe()
    }
  }

  introduce(): void {
    const { session, peerId, nonce, now } = this.#options
    this.#introduction = introductionOf(session, peerId, nonce(), now())
    this.#options.tell({ type: 'replicator.hello', hello: this.#introduction.hello })
  }

  greeted(hello: Hello): void {
    const { session, peerId } = this.#options
    if (!this.#introduction) return
    this.#announcer.greeted(hello, this.#introduction)
    this.#theirLocks = hello.locks
    this.#isGreeted = true
    const theirs = peerVectorAfter(hello, this.#introduction)
    session.ledger.seen(peerId, this.#options.now())
    if (theirs) this.#learn(theirs, true)
    this.#announcer.show()
    this.#handLock()
    if (isOtherLog(hello, this.#introduction)) this.#compareAll(hello)
    this.#news('own')
  }

  pack(): void {
    this.#options.tell(this.#packNext() ?? { type: 'replicator.current' })
  }

  take(ticket: Ticket, kind: MessageKind): void {
    if (kind === 'vector') this.#takeVector(ticket)
    else if (kind === 'entries') this.#digesting = this.#digesting.then(() => this.#takeEntries(ticket))
    else this.#options.tell({ type: 'replicator.refused', fault: 'wire-malformed' })
  }

  askAgain(abandoned?: Ticket): void {
    if (abandoned !== undefined) this.#options.depot.drop(abandoned)
    this.#announcer.pull()
  }

  close(): void {
    this.#open = false
    this.#unsubscribe()
    this.#timers.clear()
  }

  #packNext(): ReplicatorFact | undefined {
    const { session, depot, connId } = this.#options
    const batch = this.#sent && session.store.pack(this.#sent, this.#batchBytes)
    if (!this.#sent || !batch) {
      this.#batchBytes = FIRST_BATCH_BYTES
      return undefined
    }
    const ticket = depot.put(connId, batch.bytes)
    if (ticket === undefined) {
      this.#timers.after(DEPOT_RETRY, () => this.#news('own'))
      return undefined
    }
    this.#sent.merge(batch.upTo)
    this.#batchBytes = Math.min(LIMITS.batchBytes, 2 * this.#batchBytes)
    const live = batch.entries <= LIVE_ENTRIES && !this.#lacksSomething()
    return { type: 'replicator.packed', ticket, priority: live ? PRIORITY.live : PRIORITY.backfill }
  }

  /** Once for the same two states: where the other knows of a fork that we cannot see, comparing again shows no more. */
  #compareAll({ heads = '' }: Hello): void {
    const { session, peerId } = this.#options
    const states = `${heads} ${session.store.heads()}`
    if (session.comparedWith.get(peerId) === states) return
    session.comparedWith.set(peerId, states)
    this.#doubt([...session.store.vector()].map(([author]) => author))
  }

  /** Whoever is linked belongs to the room: it gets the newest lock, if it was not named among its own. */
  #handLock(): void {
    const { session, peerId, now } = this.#options
    const { handed } = session.locks
    if (!this.#isGreeted || !handed || !session.locks.isNews(this.#theirLocks)) return
    if (doubtOfMember(session.store.membership, peerId, now()) !== 'member-removed') this.#announcer.hand(handed)
  }

  #onStored(change: StoreChange): void {
    const isTheirs = change.from === this.#options.peerId
    this.#lookAtLock()
    if (change.origin === 'remote') this.#announcer.show()
    if (!isTheirs) this.#news(change.origin === 'own' ? 'own' : 'relayed')
  }

  #takeVector(ticket: Ticket): void {
    const { depot, tell } = this.#options
    const bytes = depot.take(ticket)
    const decoded = bytes && decodeControl(bytes)
    if (!decoded?.ok || decoded.message.kind !== 'vector') {
      tell({ type: 'replicator.refused', fault: decoded?.ok === false ? decoded.fault : 'wire-malformed' })
      return
    }
    const { base, clock, pull, lock } = decoded.message
    if (lock) this.#lockAside = { lock, clock: VectorClock.fromJSON(clock) }
    this.#lookAtLock()
    if (pull) this.#heedPull()
    this.#learn(VectorClock.fromJSON(clock), base === '')
    tell({ type: 'replicator.stored', kind: 'vector' })
    this.#news('own')
  }

  /** What was sent is sent again: at once, but not again and again. */
  #heedPull(): void {
    if (this.#isPullHeeded) {
      this.#isPulledAgain = true
      return
    }
    this.#sent = undefined
    this.#isPullHeeded = true
    this.#timers.after(PULL_REST, () => {
      this.#isPullHeeded = false
      if (!this.#isPulledAgain) return
      this.#isPulledAgain = false
      this.#heedPull()
      this.#learn(this.#options.session.ledger.acked(this.#options.peerId), true)
      this.#news('own')
    })
  }

  /**
   * A lock comes ahead of the entries that its sender holds, and they may say who was removed: it is looked at once they
   * are here, or it would be handed on to whom it is to keep out.
   */
  #lookAtLock(): void {
    const aside = this.#lockAside
    if (!aside) return
    const { store } = this.#options.session
    const mine = store.vector()
    const lacks = [...aside.clock].some(([author, seq]) => seq > mine.get(author) && !store.forked.includes(author))
    if (lacks) return
    this.#lockAside = undefined
    void this.#takeLock(aside.lock)
  }

  /** Where devices are admitted, an admin alone changes the lock, and nowhere one that was removed. */
  async #takeLock(lock: SignedLock): Promise<void> {
    const { session, now, peerId } = this.#options
    const { membership } = session.store
    const key = fromBase64url(lock.by)
    const by = key?.length === 32 ? peerIdOf(key) : ''
    const isAdmin = membership.memberAt(by, now())?.role === 'admin'
    const isRefused = membership.removed.has(by) || (membership.policy === 'certified' && !isAdmin)
    if (isRefused) return this.#options.refused('member-not-admin', peerId)
    this.#locksTaken += 1
    if (this.#locksTaken > MOST_LOCKS) return this.#options.refused('wire-limit', peerId)
    await session.locks.take(lock).catch((error: unknown) => {
      this.#options.refused(toFieldmeshError(error, 'storage-failed').code)
    })
  }

  async #takeEntries(ticket: Ticket): Promise<void> {
    const { session, depot, peerId, tell } = this.#options
    if (!this.#open) return
    const bytes = depot.take(ticket)
    if (!bytes) {
      tell({ type: 'replicator.refused', fault: 'wire-malformed' })
      return
    }
    try {
      const result = await session.store.ingest(bytes, peerId)
      if (this.#open) this.#digested(result)
    } catch (error) {
      if (this.#open) tell({ type: 'replicator.storageFailed', fault: toFieldmeshError(error, 'storage-failed').code })
    }
  }

  #digested({ held, applied, duplicate, refused, waiting, doubtful }: IngestResult): void {
    const { session, peerId, tell } = this.#options
    session.ledger.seen(peerId, this.#options.now())
    this.#credit(held)
    this.#endComparisons(held)
    // It was not told that we have these.
    if (duplicate > 0) this.#announcer.show()
    const hostile = refused.find(isHostile)
    if (hostile) tell({ type: 'replicator.refused', fault: hostile })
    // Entries that wait or were here already are not written: they say nothing about our storage.
    else if (applied > 0) tell({ type: 'replicator.stored', kind: 'entries' })
    // Who passes on a fork is not its author, and not to be named for it.
    for (const fault of new Set(refused)) this.#options.refused(fault, isHostile(fault) ? peerId : undefined)
    if (waiting > 0 || refused.includes('waiting-full')) this.#gaps.noticed()
    if (doubtful.length > 0) this.#doubt(doubtful)
  }

  /** A log was compared once the peer has sent what stands at our end of it, or its author is known to keep two. */
  #endComparisons(held: IngestResult['held']): void {
    if (this.#compared.size === 0) return
    const { store } = this.#options.session
    const mine = store.vector()
    const ends = held.filter(({ peerId, seq }) => seq >= mine.get(peerId)).map(({ peerId }) => peerId)
    this.#announcer.compared([...ends, ...store.forked])
  }

  /**
   * Entries that do not continue an author's log as it is here: the whole log is asked for, once, and shows whether the
   * author keeps two or somebody forges. What was on its way meanwhile is in doubt too; but not for ever.
   */
  #doubt(authors: readonly string[]): void {
    const { tell, peerId } = this.#options
    this.#doubts += 1
    const unasked = authors.filter((author) => !this.#compared.has(author))
    for (const author of unasked) this.#compared.add(author)
    if (unasked.length > 0) this.#announcer.compare(unasked)
    else if (this.#doubts > MOST_DOUBTS) {
      tell({ type: 'replicator.refused', fault: 'entry-unproven' })
      this.#options.refused('entry-unproven', peerId)
    }
  }

  /**
   * Who sends an entry has it; who wrote it need not: its log may be restored from a backup, and learns that it forked
   * from what others send back to it.
   */
  #credit(dots: StoreChange['dots']): void {
    const { ledger } = this.#options.session
    const has = withDots(ledger.acked(this.#options.peerId), dots)
    ledger.observe(this.#options.peerId, has)
    this.#sent?.merge(has)
  }

  #learn(vector: VectorClock, whole: boolean): void {
    const { session, peerId } = this.#options
    session.ledger.announce(peerId, vector, whole)
    session.ledger.seen(peerId, this.#options.now())
    const theirs = session.ledger.acked(peerId)
    this.#sent = this.#sent?.merge(theirs) ?? theirs
    this.#options.told(peerId)
  }

  #lacksSomething(): boolean {
    return this.#sent !== undefined && exceeds(this.#options.session.store.vector(), this.#sent)
  }

  #news(urgency: 'own' | 'relayed'): void {
    if (this.#open && this.#lacksSomething()) this.#options.tell({ type: 'replicator.news', urgency })
  }
}

/** What only a broken or hostile sender sends; a fork or a full waiting room is not the fault of who passes it on. */
const isHostile = (fault: FaultCode): boolean => fault.startsWith('wire-') || fault.startsWith('entry-')
