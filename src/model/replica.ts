import { AuthorRoster } from './author-roster.ts'
import { canonical, utf8Length } from './canonical.ts'
import type { Dot, Entry, EntryInput } from './entry.ts'
import { dotOf } from './entry-dot.ts'
import { EntryLog } from './entry-log.ts'
import { FieldmeshError } from './fault.ts'
import { HybridClock, type HybridTime, isAhead, wholeMs } from './hybrid-clock.ts'
import { LIMITS } from './limits.ts'
import { MergePlanner } from './merge-planner.ts'
import { MERGE_RULES, type MergeRules } from './merge-rules.ts'
import { ParsedEntries } from './parsed-entries.ts'
import { setOwn } from './plain-object.ts'
import { type Judgment, Quarantine } from './quarantine.ts'
import { RecordTable } from './record-table.ts'
import type { Fork, MergePlan, MergeResult, ReplicaCore, ReplicaOptions } from './replica.types.ts'
import { checkInput, examineEntry } from './validate-entry.ts'
import type { VectorClock } from './vector-clock.ts'
import type { ConflictView, RecordView } from './view.ts'
import { waitingClock } from './waiting-clock.ts'
import { WaitingSet } from './waiting-set.ts'

export type { Fork, MergePlan, MergeResult, Refusal, Replica, ReplicaCore, ReplicaOptions } from './replica.types.ts'

/**
 * A replica in memory: pure, without storage or network.
 *
 * @throws FieldmeshError `options-invalid`
 * @example
 * const ana = createReplica({ peerId: 'ana' })
 * const ben = createReplica({ peerId: 'ben' })
 * ben.merge([ana.write({ id: 'm-17', resourceType: 'reading', action: 'create', data: { kwh: 812 } })])
 * ben.record('reading', 'm-17')?.value // { kwh: 812 }
 */
export const createReplica = (options: ReplicaOptions): ReplicaCore => createReplicaWith(options, MERGE_RULES)

/** Like `createReplica`, by other rules: the seam where tests take a rule away. */
export const createReplicaWith = ({ peerId, now = Date.now }: ReplicaOptions, rules: MergeRules): ReplicaCore => {
  if (typeof peerId !== 'string' || peerId.length === 0 || peerId.length > LIMITS.idLength) {
    throw new FieldmeshError('options-invalid', `peerId is a string of 1 to ${LIMITS.idLength} characters.`)
  }
  if (typeof now !== 'function') throw new FieldmeshError('options-invalid', 'now is a function.')
  return new MemoryReplica(peerId, now, rules)
}

class MemoryReplica implements ReplicaCore {
  readonly peerId: string
  readonly #now: () => number
  readonly #rules: MergeRules
  readonly #log = new EntryLog()
  readonly #waiting = new WaitingSet()
  readonly #table: RecordTable
  readonly #quarantine = new Quarantine()
  readonly #clock = new HybridClock()
  readonly #authors = new AuthorRoster()
  readonly #forks = new Map<string, Fork>()
  readonly #suspects = new Set<string>()
  readonly #drafts = new WeakSet<object>()
  #hasWritten = false
  #version = 0

  constructor(peerId: string, now: () => number, rules: MergeRules) {
    this.peerId = peerId
    this.#now = now
    this.#rules = rules
    this.#table = new RecordTable(rules.compare)
  }

  get size(): number {
    return this.#log.size
  }

  get waiting(): number {
    return this.#waiting.count
  }

  get quarantinedCount(): number {
    return this.#quarantine.count
  }

  write(input: EntryInput): Entry {
    const [entry] = this.draft([input])
    if (!entry) throw new FieldmeshError('internal')
    this.commit(this.plan([entry]))
    return entry
  }

  merge(entries: Iterable<unknown>): MergeResult {
    const plan = this.plan(entries)
    this.commit(plan)
    return {
      applied: plan.apply.map(dotOf),
      duplicate: [...plan.duplicate],
      waiting: plan.wait.map(dotOf),
      refused: [...plan.refused],
    }
  }

  draft(inputs: readonly EntryInput[]): Entry[] {
    if (!Array.isArray(inputs)) throw new FieldmeshError('entry-malformed', 'Give an array of inputs.')
    this.#assertSoleWriter()
    const wall = this.#wall()
    let time = this.#clock.last
    const drafts = inputs.map((input, index) => {
      time = this.#clock.next(wall, time)
      return this.#makeEntry(checkInput(input), this.#log.get(this.peerId) + 1 + index, time)
    })
    for (const draft of drafts) this.#drafts.add(draft)
    return drafts
  }

  plan(entries: Iterable<unknown>): MergePlan {
    if (!isIterable(entries)) throw new FieldmeshError('entry-malformed', 'Give the entries as an iterable.')
    const planner = new MergePlanner({
      peerId: this.peerId,
      rules: this.#rules,
      log: this.#log,
      waiting: this.#waiting,
      forks: this.#forks,
      authors: this.#authors,
      isDraft: (value): value is Entry => typeof value === 'object' && value !== null && this.#drafts.has(value),
      hasWritten: this.#hasWritten,
      version: this.#version,
    })
    const parsed = ParsedEntries.in(entries)
    if (parsed) for (const entry of parsed) planner.take(entry)
    else for (const entry of entries) planner.offer(entry)
    return planner.finish()
  }

  commit(plan: MergePlan): void {
    if (plan.version !== this.#version) throw new FieldmeshError('internal', 'A plan was committed after another.')
    this.#version += 1
    const wall = this.#wall()
    for (const fork of plan.forks) this.#freeze(fork)
    for (const entry of plan.apply) this.#apply(entry, wall)
    for (const entry of plan.wait) this.#holdBack(entry)
  }

  record(resourceType: string, id: string): RecordView | undefined {
    return this.#table.find(resourceType, id)?.view()
  }

  records(resourceType: string): readonly RecordView[] {
    return this.#table.records(resourceType)
  }

  types(): readonly string[] {
    return this.#table.types()
  }

  conflicts(): readonly ConflictView[] {
    return this.#table.conflicts()
  }

  versionVector(): VectorClock {
    return this.#log.vector()
  }

  since(vector: VectorClock): Entry[] {
    return [...this.#log.since(vector)]
  }

  sinceIterator(vector: VectorClock): IterableIterator<Entry> {
    return this.#log.since(vector)
  }

  entry({ peerId, seq }: Dot): Entry | undefined {
    return this.#log.entry(peerId, seq)
  }

  waitingClock(): VectorClock {
    return waitingClock(this.#waiting, this.#log)
  }

  enforce(judgment: Judgment | undefined, authors?: Iterable<string>): ReadonlySet<string> {
    return this.#quarantine.enforce(this.#log, this.#table, { judgment, authors })
  }

  quarantined(): readonly Dot[] {
    return this.#quarantine.dots()
  }

  freeze(fork: Fork): void {
    this.#version += 1
    this.#freeze(fork)
  }

  forks(): readonly Fork[] {
    return [...this.#forks.values()]
  }

  clockSuspects(): readonly string[] {
    return [...this.#suspects].toSorted()
  }

  #wall(): number {
    return wholeMs(this.#now())
  }

  /** A write must not claim a place in our log that an entry out there has already. */
  #assertSoleWriter(): void {
    if (this.#forks.has(this.peerId)) throw new FieldmeshError('author-forked')
    if (this.#waiting.ofAuthor(this.peerId).length > 0) {
      throw new FieldmeshError('author-forked', 'Part of this device’s own log has not come back yet.')
    }
    if (!this.#authors.admits(this.peerId)) throw new FieldmeshError('authors-full')
  }

  #makeEntry(input: EntryInput, seq: number, { timestamp, counter }: HybridTime): Entry {
    const vectorClock = this.#table.find(input.resourceType, input.id)?.seen() ?? {}
    setOwn(vectorClock, this.peerId, seq)
    return examineEntry({ ...input, timestamp, peerId: this.peerId, vectorClock, counter })
  }

  #apply(entry: Entry, wall: number): void {
    const dot = dotOf(entry)
    this.#authors.add(entry.peerId)
    this.#waiting.delete(dot.peerId, dot.seq)
    this.#log.append(entry)
    if (this.#quarantine.admits(entry)) this.#table.apply(entry)
    this.#tellTime(entry, wall)
    if (this.#drafts.has(entry)) this.#hasWritten = true
    for (const held of this.#waiting.blockedOn(dot)) this.#blockAnew(held.entry)
  }

  /** The entry may be free now: then it comes later in the same plan. */
  #blockAnew(entry: Entry): void {
    const held = this.#waiting.find(entry.peerId, dotOf(entry).seq)
    const missing = this.#rules.gate(entry, this.#log)
    if (held && missing) this.#waiting.add(held, missing)
  }

  #holdBack(entry: Entry): void {
    const missing = this.#rules.gate(entry, this.#log)
    if (!missing) throw new FieldmeshError('internal', 'A plan holds back an entry that nothing holds.')
    this.#authors.add(entry.peerId)
    this.#waiting.add({ entry, bytes: utf8Length(canonical(entry)) }, missing)
  }

  #freeze(fork: Fork): void {
    this.#forks.set(fork.peerId, Object.freeze(fork))
    for (const { entry } of this.#waiting.ofAuthor(fork.peerId)) this.#waiting.delete(fork.peerId, dotOf(entry).seq)
  }

  #tellTime({ peerId, timestamp, counter = 0 }: Entry, wall: number): void {
    if (peerId === this.peerId) this.#clock.adopt({ timestamp, counter })
    else this.#clock.observe({ timestamp, counter }, wall)
    if (isAhead(timestamp, wall)) this.#suspects.add(peerId)
    else this.#suspects.delete(peerId)
  }
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value
