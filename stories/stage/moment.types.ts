import type { AnyMachineSnapshot, AnyStateMachine, AnyTransitionDefinition } from 'xstate'
import type { SyncStatus } from '#engine/types'
import type { ConflictView, RecordView } from '#model/view'
import type { DeviceState } from '#world/types'
import type { LoggedFault } from '../../src/demo/fault-log.ts'

/** One machine that runs on a device, as it was at a moment. */
export interface ActorAt {
  /** XState's session id: unique on its device, and its life. */
  readonly session: string
  /** Id among its parent's children, such as `signaling` or `peer:…`; `engine` for the root. */
  readonly id: string
  /** For a chart of one other device: which. */
  readonly peerId?: string
  readonly machine: AnyStateMachine
  readonly snapshot: AnyMachineSnapshot
  /** The transitions it took last. */
  readonly last: readonly AnyTransitionDefinition[]
}

/** One device as it was at a moment. All of it is immutable and shared with the moments around. */
export interface DeviceAt {
  readonly name: string
  readonly state: DeviceState
  readonly peerId: string
  readonly status: SyncStatus
  /** By resource type. */
  readonly records: ReadonlyMap<string, readonly RecordView[]>
  readonly conflicts: readonly ConflictView[]
  /** What was refused or failed since its present life began. */
  readonly faults: readonly LoggedFault[]
  readonly actors: readonly ActorAt[]
}

/** A road between two places as it was at a moment. */
export interface RoadAt {
  readonly a: string
  readonly b: string
  /** Whether anything passes from a to b, and back. */
  readonly there: boolean
  readonly back: boolean
}

/** The network as it was at a moment. */
export interface NetworkAt {
  /** Between every two places; `server` is one. */
  readonly roads: readonly RoadAt[]
  readonly isServerUp: boolean
  /** Links open at both ends. */
  readonly links: number
}

/** Everything at one time. */
export interface Scene {
  /** ms since the world began. */
  readonly at: number
  readonly devices: Readonly<Record<string, DeviceAt>>
  readonly network: NetworkAt
}

/** What sort of thing happened: someone did it, a message came, a chart moved, records came, something was refused or broken. */
export type MomentKind = 'deed' | 'message' | 'chart' | 'records' | 'broken'

/** One thing that happened, in words. */
export interface Happening {
  readonly kind: MomentKind
  /** For everybody. */
  readonly says: string
  /** The same as the machines and the plan name it, where that is something else. */
  readonly step?: string
  /** On which device, where it is one. */
  readonly device?: string
}

/** A scene in which something had just happened. */
export interface Moment extends Scene {
  /** From 0, without gaps; it stays when older moments are dropped. */
  readonly n: number
  /** The most telling of what happened, in one line. */
  readonly caption: string
  /** The same as the machines and the plan name it, where that is something else. */
  readonly step?: string
  readonly kind: MomentKind
  readonly device?: string
  /** All of what happened at that moment. */
  readonly happened: readonly Happening[]
}

/** What a place is called in a sentence: a device by its owner, and `server`. */
export type CallOf = (place: string) => string
