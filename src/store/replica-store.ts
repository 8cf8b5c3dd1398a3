import type { Dot, Entry, EntryInput } from '#model/entry'
import { type FaultCode, FieldmeshError, toFieldmeshError } from '#model/fault'
import { dotOf } from '#model/entry-dot'
import { createReplica } from '#model/replica'
import type { MergePlan, ReplicaCore } from '#model/replica.types'
import { VectorClock } from '#model/vector-clock'
import type { ConflictView, RecordView } from '#model/view'
import { vectorDigest } from '#wire/digest'
import type { LogTrust } from '#trust/log-trust.types'
import { ControlLog } from '#trust/membership/control-log'
import { MEMBER_TYPE } from '#trust/membership/control.types'
import type { Membership } from '#trust/membership/membership.types'
import { type BatchItem, decodeBatch } from '#wire/entry-codec'
import { type Arrived, resultOf } from './arrived.ts'
import { inBatches } from './batching.ts'
import { type Bodies, createBodies } from './bodies.ts'
import { type ChainBook, createChainBook, type Proven } from './chain-book.ts'
import { createDurableLog, type DurableLog } from './durable-log.ts'
import { createFaultState } from './fault-state.ts'
import { ownSince, retireIdentity } from './identity.ts'
import type { Journal } from './journal.ts'
import { createListeners } from './listeners.ts'
import { isDamagedFrom, loadLog } from './log-loader.ts'
import { packNext } from './packer.ts'
import type { IngestResult, ReplicaStore, StoreChange } from './replica-store.types.ts'
import { arrivedSegments, provenSegments } from './segments.ts'
import { createSerialQueue } from './serial-queue.ts'
import { createWriteGroup } from './write-group.ts'

export interface ReplicaStoreOptions {
  readonly journal: Journal
  /** This device, as `loadIdentity` says. */
  readonly peerId: string
  /** Wall clock, ms since 1970. */
  readonly now: () => number
  /** What entries are signed and checked with. */
  readonly trust: LogTrust
  /** Who belongs to the room, and so whose entries count; whoever has its secret, by default. */
  readonly control?: ControlLog
}

/** Whom a change comes from: written here, or taken from the peer at the other end of a link. */
type Origin = Pick<StoreChange, 'origin' | 'from'>

const isControl = ({ resourceType }: Entry): boolean => resourceType === MEMBER_TYPE

const entriesOf = (items: readonly BatchItem[]): ReadonlySet<Entry> => new Set(items.map(({ entry }) => entry))

const storageError = (error: unknown): FieldmeshError => toFieldmeshError(error, 'storage-failed')

class DurableReplica implements ReplicaStore {
  readonly peerId: string
  readonly #journal: Journal
  readonly #core: ReplicaCore
  readonly #bodies: Bodies = createBodies()
  readonly #chains: ChainBook
  readonly #control: ControlLog
  /** Applied since the membership was last judged. */
  #unjudged: Entry[] = []
  readonly #queue = createSerialQueue()
  readonly #changes = createListeners<StoreChange>()
  readonly #faults = createFaultState()
  readonly #writes = createWriteGroup({
    ready: () => this.#ready(),
    draft: (inputs) => this.#core.draft(inputs),
    commit: (entries) => this.#commitOwn(entries),
  })
  #log: DurableLog
  #digest: string | undefined
  /** Why nothing may be written under this identity any more. */
  #refusal: FieldmeshError | undefined
  #closing: Promise<void> | undefined

  constructor({ journal, peerId, now, trust, control }: ReplicaStoreOptions) {
    this.peerId = peerId
    this.#journal = journal
    this.#chains = createChainBook({ peerId, trust, bodyAt: (dot) => this.#bodies.at(dot) })
    this.#core = createReplica({ peerId, now })
    this.#control = control ?? new ControlLog({ policy: 'secret-only' })
    this.#log = createDurableLog(journal, 0)
  }

  async load(): Promise<void> {
    await this.#loadEntries()
    await this.#control.take(this.#core.since(new VectorClock()).filter(isControl))
    this.#control.enforceOn(this.#core)
    this.#unjudged = []
  }

  async #loadEntries(): Promise<void> {
    if (await loadLog(this.#journal, { core: this.#core, bodies: this.#bodies, chains: this.#chains })) {
      this.#faults.keep('storage-corrupt')
      if (await this.#lostOwn()) await this.#retire('storage-corrupt')
    }
    this.#log = createDurableLog(this.#journal, await this.#journal.length())
  }

  async #lostOwn(): Promise<boolean> {
    if (this.#core.waitingClock().get(this.peerId) > this.#ownSeq()) return true
    return isDamagedFrom(this.#journal, await ownSince(this.#journal, this.peerId))
  }

  #ownSeq(): number {
    return this.#core.versionVector().get(this.peerId)
  }

  async #retire(fault: FaultCode): Promise<void> {
    if (this.#refusal !== undefined) return
    await retireIdentity(this.#journal, this.peerId)
    this.#refusal = new FieldmeshError(fault, 'It gets a new identity when it is opened again.')
    this.#faults.keep(fault)
  }

  /** Storage that refuses is the fault until it takes something again. */
  async #guarded<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      const known = storageError(error)
      this.#faults.set(known.code)
      throw known
    }
  }

  async #ready(): Promise<void> {
    if (this.#refusal !== undefined) throw this.#refusal
    await this.#settle()
  }

  async #settle(): Promise<void> {
    await this.#guarded(this.#log.settle())
    await this.#judge()
  }

  /** Control entries that were applied decide who belongs to the room, and so which entries count: those before, too. */
  async #judge(): Promise<void> {
    if (this.#unjudged.length === 0) return
    const news = this.#unjudged
    this.#unjudged = []
    try {
      if (!(await this.#control.take(news))) return
    } catch (error) {
      // They are durable all the same: what was written is not refused, and they are judged with the next.
      this.#unjudged.unshift(...news)
      return this.#faults.set(toFieldmeshError(error).code)
    }
    const types = this.#control.enforceOn(this.#core)
    this.#changes.tell({ origin: 'judged', dots: [], types })
  }

  async #commitOwn(entries: readonly Entry[]): Promise<void> {
    const plan = this.#core.plan(entries)
    const [refused] = plan.refused
    if (refused !== undefined) throw new FieldmeshError(refused.fault)
    const bodies = this.#bodies.of(plan.toStore, [])
    const batches = inBatches(bodies)
    // Signed before it is durable: what is in the log can be passed on, whatever happens next.
    const own = await this.#chains.sign(plan.apply, batches)
    const commit = () => {
      this.#chains.expectOwn(own)
      this.#commit(plan, bodies, { origin: 'own' })
    }
    await this.#append(
      provenSegments(plan.toStore, batches, { vector: this.vector(), chains: this.#chains, own }),
      commit,
    )
  }

  async #storeArrived(plan: MergePlan, arrived: Arrived, how: Origin & Pick<Proven, 'isChecked'>): Promise<void> {
    const { isChecked, ...origin } = how
    const bodies = this.#bodies.of(plan.toStore, arrived.items)
    const commit = () => this.#commit(plan, bodies, origin)
    if (bodies.length === 0) return commit()
    await this.#append(
      arrivedSegments(plan, bodies, arrived, { vector: this.vector(), chains: this.#chains, isChecked }),
      commit,
    )
  }

  async #append(segments: readonly Uint8Array[], commit: () => void): Promise<void> {
    await this.#guarded(this.#log.append(segments, commit))
    this.#faults.set(undefined)
    await this.#judge()
  }

  /** @param bodies those of `toStore`, of which what is applied comes first */
  #commit(plan: MergePlan, bodies: readonly Uint8Array[], origin: Origin): void {
    this.#core.commit(plan)
    if (plan.apply.length === 0) return
    this.#bodies.keep(plan.apply, bodies)
    this.#chains.advance(plan.apply, bodies)
    this.#unjudged.push(...plan.apply.filter(isControl))
    this.#digest = undefined
    const types = new Set(plan.apply.map((entry) => entry.resourceType))
    this.#changes.tell({ ...origin, dots: plan.apply.map(dotOf), types })
  }

  async write(inputs: readonly EntryInput[]): Promise<Entry[]> {
    this.#assertOpen()
    if (this.#refusal !== undefined) throw this.#refusal
    // Refuses at once what is invalid, and is a copy that later changes of the caller's objects don't reach.
    const drafts = this.#core.draft(inputs)
    if (drafts.length === 0) return drafts
    const written = this.#writes.add(
      drafts.map(({ id, resourceType, action, data }) => ({ id, resourceType, action, data })),
    )
    void this.#queue.run(this.#writes.flush)
    return written
  }

  async ingest(bytes: Uint8Array, from: string): Promise<IngestResult> {
    this.#assertOpen()
    const batch = decodeBatch(bytes)
    if (!batch.ok) return { held: [], applied: 0, duplicate: 0, waiting: 0, refused: [batch.fault], doubtful: [] }
    return this.#queue.run(() => this.#take({ bytes, ...batch }, from))
  }

  async #take(arrived: Arrived, from: string): Promise<IngestResult> {
    await this.#settle()
    const proven = await this.#chains.prove(arrived.items, arrived.proofs, new Set(this.forked))
    const plan = this.#core.plan(
      proven.items === arrived.items ? arrived.entries : arrived.entries.only(entriesOf(proven.items)),
    )
    this.#chains.admit([...plan.apply, ...plan.wait])
    const news = [...plan.apply, ...plan.wait, ...plan.forks.map(({ other }) => other), ...proven.doubles]
    this.#bodies.note(plan.wait, arrived.items)
    if (this.#isAhead(news)) await this.#guarded(this.#retire('author-forked'))
    await this.#storeArrived(plan, arrived, { origin: 'remote', from, isChecked: proven.isChecked })
    for (const other of proven.doubles) this.#core.freeze({ ...dotOf(other), other })
    return resultOf(arrived, proven, plan)
  }

  /**
   * True where others hold entries of ours that we do not, proven by our own key: this log was restored from an older
   * state, or is used twice. What others merely say of our log in their clocks could be made up.
   */
  #isAhead(news: readonly Entry[]): boolean {
    return news.some((entry) => entry.peerId === this.peerId)
  }

  #assertOpen(): void {
    if (this.#closing !== undefined) throw new FieldmeshError('engine-stopped')
  }

  pack(vector: VectorClock, mostBytes?: number): ReturnType<ReplicaStore['pack']> {
    return packNext(this.#core, { bodies: this.#bodies, chains: this.#chains }, vector, mostBytes)
  }

  vector(): VectorClock {
    return this.#core.versionVector()
  }

  digest(): string {
    this.#digest ??= vectorDigest(this.#core.versionVector())
    return this.#digest
  }

  heads(): string {
    return this.#chains.digest(this.forked)
  }

  record(resourceType: string, id: string): RecordView | undefined {
    return this.#core.record(resourceType, id)
  }

  records(resourceType: string): readonly RecordView[] {
    return this.#core.records(resourceType)
  }

  conflicts(): readonly ConflictView[] {
    return this.#core.conflicts()
  }

  get membership(): Membership {
    return this.#control.membership
  }

  quarantined(): readonly Dot[] {
    return this.#core.quarantined()
  }

  get waiting(): number {
    return this.#core.waiting
  }

  get size(): number {
    return this.#core.size
  }

  get forked(): readonly string[] {
    return [...new Set(this.#core.forks().map(({ peerId }) => peerId))]
  }

  get clockSuspects(): readonly string[] {
    return this.#core.clockSuspects()
  }

  get fault(): FaultCode | undefined {
    return this.#faults.fault
  }

  subscribe(listener: (change: StoreChange) => void): () => void {
    return this.#changes.add(listener)
  }

  onFault(listener: (fault: FaultCode | undefined) => void): () => void {
    return this.#faults.onFault(listener)
  }

  close(): Promise<void> {
    this.#closing ??= this.#queue.run(() => this.#journal.close())
    return this.#closing
  }
}

/**
 * Opens the replica kept in a journal. Append first, then commit: what is in memory is durable, always.
 *
 * A damaged segment is left out and told by `fault` (`storage-corrupt`); nothing stored is deleted, and what can be
 * read is shown. Where own entries may be among the lost, or come back from other devices (a restored backup:
 * `author-forked`), writes are refused and the identity is retired: continuing its log would use numbers twice.
 *
 * Every entry that is taken from elsewhere is proven to be its author's (`ChainBook`), and what is written here is
 * signed before it is stored.
 *
 * @throws FieldmeshError of the journal, if it can't be read at all; `log-unsigned` for a log from before entries were
 *   signed
 */
export const openReplicaStore = async (options: ReplicaStoreOptions): Promise<ReplicaStore> => {
  const store = new DurableReplica(options)
  try {
    await store.load()
  } catch (error) {
    throw storageError(error)
  }
  return store
}
