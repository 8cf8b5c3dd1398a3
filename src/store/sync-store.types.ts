import type { FaultCode } from '#model/fault'
import type { ConflictView, RecordView } from '#model/view'

/** One other device, in plain words and figures. */
export interface PeerStatus {
  readonly peerId: string
  /** `absent`: known, but not in reach; `gaveUp`: waits for the user, a network change or its return. */
  readonly state: 'absent' | 'connecting' | 'connected' | 'recovering' | 'waiting' | 'gaveUp' | 'refused'
  readonly fault?: FaultCode
  /** Round trip of the link, ms. */
  readonly rttMs?: number
  /** Entries that we hold and it has not acknowledged. */
  readonly lacks: number
  /** Entries it announced and we do not hold. */
  readonly ahead: number
  /** ms since 1970; 0 for never. */
  readonly lastSeen: number
}

export interface SyncStatus {
  /** `online`: the signaling server is reached; `offline-p2p`: it is not, but devices are linked. */
  readonly mode: 'online' | 'offline-p2p' | 'offline-qr' | 'idle'
  readonly peers: readonly PeerStatus[]
  /** Entries written here that no other device has stored durably yet. */
  readonly outboxCount: number
  /** When another device last confirmed everything of ours, ms since 1970; 0 for never. */
  readonly lastSync: number
  readonly signalingConnected: boolean
  /** The road to the signaling server, while the engine runs: state of its chart, and why it is not reached. */
  readonly signaling?: { readonly state: string; readonly fault?: FaultCode }
  /** Where the engine is; `standby`: another tab of this app holds the log. */
  readonly phase: 'idle' | 'opening' | 'standby' | 'running' | 'closing' | 'failed'
  /** Authors whose entries need a person’s eye: a clock that runs ahead, or a log that forked and is frozen. */
  readonly suspects?: readonly { readonly peerId: string; readonly fault: 'author-forked' | 'clock-suspect' }[]
  /** What needs the user now, if anything (storage full, another tab, …). */
  readonly fault?: FaultCode
}

/** What UIs subscribe to: immutable snapshots, the same reference until something changed. */
export interface SyncStore {
  /** Calls the listener after every change, at most once per task; returns the unsubscribe. */
  subscribe(listener: () => void): () => void
  getStatus(): SyncStatus
  getRecord(resourceType: string, id: string): RecordView | undefined
  getRecords(resourceType: string): readonly RecordView[]
  getConflicts(): readonly ConflictView[]
}
