import type { DoneActorEvent, ErrorActorEvent } from 'xstate'
import type { FaultCode } from '#model/fault'
import type { LeadershipFact, OpenedStore, PresenceFact, StorageHealthFact } from '../ports.ts'

/** One room on this device. JSON. */
export interface SyncEngineInput {
  /** Names the log; one tab at a time writes it. */
  readonly storeName: string
  /** `ws://` or `wss://` address of the signaling server; null for none. */
  readonly signalingUrl: string | null
  /** Seeds every backoff; any number, different on every device. */
  readonly seed: number
  /** Devices that we link to by our own initiative, at most. */
  readonly maxDirectPeers: number
}

export interface SyncEngineContext extends SyncEngineInput {
  /** What the opened store told; null while it is closed. */
  readonly opened: OpenedStore | null
  /** What needs the user now; null for nothing. */
  readonly fault: FaultCode | null
  /** Meshes that crashed so far: a further one must not repeat the names that the one before gave its attempts. */
  readonly generation: number
  /** Crashes of the mesh since the last calm; stretches the pause before it is made anew. */
  readonly crashes: number
}

/** What the engine's owner asks of it. */
export type SyncEngineCommand =
  | { readonly type: 'engine.start' }
  | { readonly type: 'engine.stop' }
  /** "Try again": one device, or everything that gave up. */
  | { readonly type: 'engine.retry'; readonly peerId?: string }
  /** Forgets a device that will not come back. */
  | { readonly type: 'engine.forget'; readonly peerId: string }
  /** Changes the signaling server at run time; null for none. */
  | { readonly type: 'engine.setSignaling'; readonly url: string | null }

export type SyncEngineEvent =
  | SyncEngineCommand
  | LeadershipFact
  | PresenceFact
  | StorageHealthFact
  | DoneActorEvent<unknown>
  | ErrorActorEvent<unknown>

/** Beside `resting`, the phases as people know them; each state has exactly one of these. */
export type PhaseTag = 'idle' | 'opening' | 'standby' | 'running' | 'closing' | 'failed'
