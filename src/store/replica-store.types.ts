import type { Dot, Entry, EntryInput } from '#model/entry'
import type { FaultCode } from '#model/fault'
import type { ConflictView, RecordView } from '#model/view'
import type { VectorClock } from '#model/vector-clock'
import type { Membership } from '#trust/membership/membership.types'

/** What one digested message of entries did. */
export interface IngestResult {
  /** Entries of the message that were not refused, in its order: whoever sent them has them. */
  readonly held: readonly Dot[]
  readonly applied: number
  readonly duplicate: number
  /** Held back by the causal gate, or not even looked at because what their author wrote before is not here. */
  readonly waiting: number
  readonly refused: readonly FaultCode[]
  /**
   * Authors whose entries do not continue their logs as they are held here: somebody forged them, or the author keeps
   * two logs. None of these entries was taken; which of the two it is shows once the author’s whole log is sent.
   */
  readonly doubtful: readonly string[]
}

/** Why listeners are called: entries became durable and visible, or came to count or not to count. */
export interface StoreChange {
  /** `judged`: who belongs to the room changed, and with it which entries count; then there are no dots. */
  readonly origin: 'own' | 'remote' | 'judged'
  /** Whom they came from (origin remote): the link's peer, not the author. */
  readonly from?: string
  readonly dots: readonly Dot[]
  /** Resource types that changed. */
  readonly types: ReadonlySet<string>
}

/**
 * The durable replica: journal and in-memory replica kept as one. Nothing is in memory that is not durable;
 * every mutation goes through one queue (one writer), writes that wait are committed together.
 */
export interface ReplicaStore {
  readonly peerId: string
  /** Resolves when durable; then the entries are visible. Rejects with FieldmeshError and changes nothing. */
  write(inputs: readonly EntryInput[]): Promise<Entry[]>
  /** Bytes of an `entries` message. Hostile bytes are refused and counted, never thrown. Rejects only when storage fails. */
  ingest(bytes: Uint8Array, from: string): Promise<IngestResult>
  /** The next batch of what `vector` lacks, in causal order, of at most `mostBytes` (default `batchBytes`; at least one entry); undefined when it lacks nothing. */
  pack(
    vector: VectorClock,
    mostBytes?: number,
  ): { readonly bytes: Uint8Array; readonly upTo: VectorClock; readonly entries: number } | undefined
  /** The version vector of what is durable here. A copy. */
  vector(): VectorClock
  /** FNV/xx-like 64-bit digest of the vector, 16 hex digits; cached. */
  digest(): string
  /** Digest of what is held, 16 hex digits: two devices with equal vectors hold the same entries if these are equal too. Authors whose log forked are left out. */
  heads(): string
  record(resourceType: string, id: string): RecordView | undefined
  records(resourceType: string): readonly RecordView[]
  conflicts(): readonly ConflictView[]
  /** Who belongs to the room, as the entries held say. */
  readonly membership: Membership
  /** Entries that are held and passed on, and left out of every record. */
  quarantined(): readonly Dot[]
  /** Entries held back by the causal gate now. */
  readonly waiting: number
  /** Number of applied entries. */
  readonly size: number
  /** Authors frozen because their log forked; authors whose clock runs ahead. */
  readonly forked: readonly string[]
  readonly clockSuspects: readonly string[]
  subscribe(listener: (change: StoreChange) => void): () => void
  /** The last storage fault while it lasts; listeners on both edges. */
  readonly fault: FaultCode | undefined
  onFault(listener: (fault: FaultCode | undefined) => void): () => void
  /** Waits for what is under way, then closes the journal. */
  close(): Promise<void>
}

/** What we know of the other devices: their vectors as they announced them, kept across restarts. */
export interface Ledger {
  /** Their durable vector as last announced; empty for a stranger. A copy. */
  acked(peerId: string): VectorClock
  /** A whole vector from the peer (replaces), or a delta (joins). Notifies. */
  announce(peerId: string, vector: VectorClock, whole: boolean): void
  /** The peer sent these entries, so it has them: joins where contiguous. */
  observe(peerId: string, vector: VectorClock): void
  /** Marks the peer as seen now. */
  seen(peerId: string, at: number): void
  peers(): readonly { readonly peerId: string; readonly lastSeen: number }[]
  /** Forgets a device for good. */
  forget(peerId: string): void
  subscribe(listener: (peerId: string) => void): () => void
  /** Writes what changed to the journal's meta values; called by itself, debounced, and by close. */
  flush(): Promise<void>
}
