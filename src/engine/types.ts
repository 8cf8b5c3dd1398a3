import type { AnyActorRef, InspectionEvent, Observer } from 'xstate'
import type { Dot, Entry, EntryInput, Json } from '#model/entry'
import type { FaultCode } from '#model/fault'
import type { ConflictView, RecordView } from '#model/view'
import type { SyncStatus, SyncStore } from '#store/sync-store.types'
import type { KeyKeeping } from '#trust/crypto.types'
import type { Policy } from '#trust/membership/membership.types'
import type { Members } from './members.types.ts'

export type { Admitting, Members, MemberView } from './members.types.ts'
export type { PeerStatus, SyncStatus, SyncStore } from '#store/sync-store.types'

/** A group of devices that sync: those that have its secret, and belong to it. */
export interface Room {
  /** Its public key, 43 characters: what the signaling server sees. It lets nobody in, and tells nothing of the secret. */
  readonly id: string
  /** What is handed from device to device; the id follows from it. Whoever has it belongs to the room, or may ask to. */
  readonly secret: string
  /**
   * The founder's key, 43 characters, of a room in which devices are admitted: given by `createRoom`, once. A device that
   * is given it is an admin. Whoever has it can make anybody one: keep it apart, and in no place where it can be read.
   */
  readonly founder?: string
}

/** What `createRoom` takes. */
export interface RoomOptions {
  /**
   * `secret-only` (default): whoever has the secret, for good. `tofu`: whoever has the secret, until a member removes
   * the device. `certified`: only devices that an admin admits. It is part of the secret, and can't be changed.
   */
  readonly membership?: Policy
}

/** Why something is not connected, and what to do. */
export interface Explanation {
  readonly subject: 'engine' | 'storage' | 'signaling' | 'peer'
  readonly peerId?: string
  /** State of the chart that this speaks of, such as `waiting`. */
  readonly state: string
  /** What happened, for a person. */
  readonly cause: string
  /** What to do now, for a person. */
  readonly nextStep: string
  readonly fault?: FaultCode
  /** When it ends by itself, ms since 1970, where that is known: the ban of a device. */
  readonly until?: number
  /** True where nothing needs doing. */
  readonly healthy: boolean
}

/** Who has an entry, as far as this device has been told. */
export interface Receipt {
  readonly dot: Dot
  /** `local`: nowhere else; `some`: on the devices in `on`; `all`: on every device known. `unknown`: not held here. */
  readonly state: 'unknown' | 'local' | 'some' | 'all'
  /** Devices that stored it durably, this one not counted. */
  readonly on: readonly string[]
  /** Devices known that have not confirmed it. */
  readonly lacking: readonly string[]
}

/** Events of `engine.on`. */
export interface EngineEvents {
  /** The status changed. */
  status: SyncStatus
  /** Entries became durable and visible. */
  entries: { readonly origin: 'own' | 'remote'; readonly dots: readonly Dot[] }
  /** Something was refused or failed; counted and shown, nothing thrown. */
  fault: { readonly fault: FaultCode; readonly peerId?: string; readonly detail?: string }
}

export interface Logger {
  debug(message: string, data?: unknown): void
  warn(message: string, data?: unknown): void
  error(message: string, data?: unknown): void
}

/** A device's key, as far as people are concerned. */
export interface DeviceKeyView {
  /** Digits in groups, to be compared aloud; see `fingerprintOf`. */
  readonly fingerprint: string
  readonly keeping: KeyKeeping
}

/** The engine's doorway. Made outside any UI framework; outlives components. */
export interface SyncEngine {
  /** This device in this room, 22 characters; '' until `start()` resolved for the first time. */
  readonly peerId: string
  /** Its id is '' until `start()` resolved for the first time, where only the secret was given. */
  readonly room: Room
  /** The key that makes this device the one that its id names; undefined while the store is not open. */
  readonly deviceKey: DeviceKeyView | undefined
  /** Who belongs to the room. */
  readonly members: Members
  /** The root of the actor system: hand it to any XState inspector. */
  readonly actor: AnyActorRef
  readonly store: SyncStore
  /** Opens the store and starts to connect. Resolves when writes are durable here; while another tab is active, waits for it. */
  start(): Promise<void>
  /** Says goodbye, waits for what is being written, frees everything. Can be started again. */
  stop(): Promise<void>
  /** Writes many entries at once; resolves when durable here. Rejects whole, and then changed nothing. */
  sync(entries: readonly EntryInput[]): Promise<Entry[]>
  /** Creates or updates a record: only the fields given are written. */
  put(resourceType: string, id: string, fields: Readonly<Record<string, Json>>): Promise<Entry>
  remove(resourceType: string, id: string): Promise<Entry>
  record(resourceType: string, id: string): RecordView | undefined
  records(resourceType: string): readonly RecordView[]
  conflicts(): readonly ConflictView[]
  receipts(dot: Dot): Receipt
  /** Cause and next step of everything, or of one peer. */
  explain(peerId?: string): Explanation[]
  /** "Try again": wakes the given peer at once, which ends its ban too; or everything that gave up, bans apart. */
  retry(peerId?: string): void
  /** Forgets a device that will not come back, so that it no longer counts in receipts. */
  forget(peerId: string): Promise<void>
  /** Changes the signaling server at run time; null for none. */
  setSignaling(url: string | null): void
  on<T extends keyof EngineEvents>(type: T, handler: (event: EngineEvents[T]) => void): () => void
}

export type InspectOption = Observer<InspectionEvent> | ((event: InspectionEvent) => void)
