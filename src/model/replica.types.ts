import type { Dot, Entry, EntryInput } from './entry.ts'
import type { FaultCode } from './fault.ts'
import type { Judgment } from './quarantine.ts'
import type { VectorClock } from './vector-clock.ts'
import type { ConflictView, RecordView } from './view.ts'

export interface ReplicaOptions {
  /** This device: the author of what is written here, 1 to 256 characters. One writer per peerId. */
  readonly peerId: string
  /** Wall clock, ms since 1970; `Date.now` by default. */
  readonly now?: () => number
}

/** Something that was offered as an entry and not taken. */
export interface Refusal {
  /** As it was given. */
  readonly entry: unknown
  /**
   * `author-forked` and `waiting-full` are not the fault of the device that sent the entry.
   * After `waiting-full` it is asked for again, as the version vector still lacks it.
   */
  readonly fault: FaultCode
}

/** What one merge did. Every entry given is in one of the four, unless it applied others: those are in `applied` too. */
export interface MergeResult {
  /** Every dot that became applied by this call, entries that had been waiting included; in causal order. */
  readonly applied: Dot[]
  /** Given again: the same entry is applied, or waits, already. */
  readonly duplicate: Dot[]
  /** Held back until the entries it builds on arrive. */
  readonly waiting: Dot[]
  readonly refused: Refusal[]
}

/**
 * The entries of one room in memory: a pure function of the set of entries merged, whatever their order.
 * Every view is immutable, and the same object until something in it changes.
 */
export interface Replica {
  readonly peerId: string
  /**
   * Writes one entry as this device.
   * @throws FieldmeshError `entry-malformed`, `entry-too-large`, `entry-too-deep`, `entry-bad-clock` (too many authors
   *   wrote this record), `author-forked` (another device writes under this peerId) or `hlc-exhausted`; nothing changed
   */
  write(input: EntryInput): Entry
  /**
   * Takes entries in any order, repeated or not. Never throws for what is in them: what is not an entry is refused.
   * Own entries are taken while this replica has written nothing itself: that is how a log is loaded.
   */
  merge(entries: Iterable<unknown>): MergeResult
  /** Undefined while no entry of it is applied. A deleted record is there, with `alive: false`. */
  record(resourceType: string, id: string): RecordView | undefined
  /** All records of a type, deleted ones too, by id in UTF-16 code units. */
  records(resourceType: string): readonly RecordView[]
  /** What a person should resolve, by type, id and field in UTF-16 code units; nothing of reserved types. */
  conflicts(): readonly ConflictView[]
  /** Author → highest seq applied. A copy. */
  versionVector(): VectorClock
  /** Every entry that a replica with this version vector lacks, in causal order. */
  since(vector: VectorClock): Entry[]
}

/** Evidence that two writers used one peerId. The author is frozen: nothing more of it is applied. */
export interface Fork extends Dot {
  /** What this replica holds at that place; absent if the other is a continuation of our own log by somebody else. */
  readonly held?: Entry
  readonly other: Entry
}

/**
 * What a merge would do, before anything is changed: make `toStore` durable, then commit. Valid until the next commit.
 */
export interface MergePlan {
  /** In causal order, entries that had been waiting and are unlocked included. */
  readonly apply: readonly Entry[]
  /** Newly held back. */
  readonly wait: readonly Entry[]
  readonly duplicate: readonly Dot[]
  readonly refused: readonly Refusal[]
  /** Newly found forks: at most one per author. */
  readonly forks: readonly Fork[]
  /**
   * What belongs in the durable log: `apply`, then the `other` of each fork against an applied entry, so that loading
   * the log finds the fork again. Both sides of a fork among waiting entries come again from other devices, as waiting
   * entries do; so does a continuation of our own log by somebody else, once this device has a new identity.
   */
  readonly toStore: readonly Entry[]
  /** Number of the replica's commits that it builds on. */
  readonly version: number
}

/** The replica as the store sees it: each step in two halves, so that only what is durable becomes visible. */
export interface ReplicaCore extends Replica {
  /**
   * What writing the inputs would make; changes nothing, and takes no seq until committed.
   * Commit it as `commit(plan(drafts))`. Throws like `write`.
   */
  draft(inputs: readonly EntryInput[]): Entry[]
  /** What `merge` would do. Changes nothing. */
  plan(entries: Iterable<unknown>): MergePlan
  /** @throws FieldmeshError `internal` for a plan made before the last commit */
  commit(plan: MergePlan): void
  /** Like `since`, one at a time: starting costs by number of authors, each entry by its logarithm. */
  sinceIterator(vector: VectorClock): IterableIterator<Entry>
  /** The entry at a dot, if applied. */
  entry(dot: Dot): Entry | undefined
  /** Number of applied entries. */
  readonly size: number
  /** Number of entries held back by the causal gate. */
  readonly waiting: number
  /** Author → highest seq that waiting entries need and that is not applied here: what to ask for again. */
  waitingClock(): VectorClock
  forks(): readonly Fork[]
  /** Nothing more of this author is applied: it is known from elsewhere that it keeps two logs. */
  freeze(fork: Fork): void
  /** Authors whose latest entry here was more than `LIMITS.clockAheadMs` ahead when it was applied; sorted. */
  clockSuspects(): readonly string[]
  /** Resource types with records, sorted; without those that fieldmesh keeps for itself. */
  types(): readonly string[]
  /**
   * Puts entries in force and out of force by a new judgment, those that come later too; without one all are in force.
   * What is out of force stays applied: it is in the log, the version vector and `since`, and in no record, conflict or
   * clock of a new write. Records without a changed entry keep their views. Costs by the logs of `authors`, and by the
   * whole log once if anything changed.
   *
   * @param authors those whose entries are judged otherwise than before; default: all
   * @returns resource types with a changed record
   * @example
   * replica.enforce((entry) => now.verdict(entry) === 'in-force', now.changedSince(before))
   */
  enforce(judgment: Judgment | undefined, authors?: Iterable<string>): ReadonlySet<string>
  /** Dots that are applied and not in force, by author and seq. */
  quarantined(): readonly Dot[]
  /** Number of entries that are applied and not in force. */
  readonly quarantinedCount: number
}
