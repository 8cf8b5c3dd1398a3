import type { ErrorActorEvent } from 'xstate'
import type { PresenceFact } from '../ports.ts'
import type { SignalingReport } from '../signaling/index.ts'
import type { SyncPeerReport } from '../sync-peer/index.ts'

/** This device among the others of a room. JSON. */
export interface SyncMeshInput {
  readonly selfId: string
  /** Start of this engine, ms since 1970. */
  readonly epoch: number
  /** Which of this epoch's meshes this is; larger for each one made anew. */
  readonly generation: number
  /** Room id, as the server sees it. */
  readonly room: string
  /** `ws://` or `wss://` address of the server; null for none. */
  readonly signalingUrl: string | null
  /** Seeds every backoff; any number, different on every device. */
  readonly seed: number
  /** Devices met before, from the peer book. */
  readonly knownPeers: readonly string[]
  /** Devices that we link to by our own initiative, at most. */
  readonly maxDirectPeers: number
}

/** Who is who, by peerId. Each list is without duplicates and without this device. */
export interface Membership {
  /** Met before, linked last at the end: kept while out of reach, up to `LIMITS.ledgerPeers`. */
  readonly met: readonly string[]
  /** In the roster of the signaling server, in the order of their coming. */
  readonly listed: readonly string[]
  /** Of the listed ones, those we link to: up to `maxDirectPeers`, and whoever asks for a link. */
  readonly admitted: readonly string[]
  readonly linked: readonly string[]
  /**
   * Whom we do not speak with for a while, banned last at the end: kept whatever becomes of them, up to `bannedPeers`.
   * In memory only. No other device can restart ours, and three more offenses are soon committed and cost little;
   * while a ban on disk would outlive a reload, which is what people try first where a ban was our own mistake.
   */
  readonly banned: readonly string[]
  /** Whose actor crashed and is to be made anew. */
  readonly crashed: readonly string[]
  /** Whose actor lives. */
  readonly peers: readonly string[]
}

export interface SyncMeshContext extends Omit<SyncMeshInput, 'knownPeers'>, Membership {
  /** Actors made for devices so far; numbers them. */
  readonly spawned: number
  /** Those of them made before the present minute. */
  readonly spawnedBefore: number
  /** Crashes since the last calm; stretches the pause before an actor is made anew. */
  readonly crashes: number
}

/** What the engine asks of the mesh. */
export type SyncMeshCommand =
  /** Changes the server at run time; null for none. */
  | { readonly type: 'mesh.setSignaling'; readonly url: string | null }
  /** "Try again": one device, banned or not; or all that are not banned, and the server. */
  | { readonly type: 'mesh.retry'; readonly peerId?: string }
  /** Forgets a device that will not come back. */
  | { readonly type: 'mesh.forget'; readonly peerId: string }
  /** Says goodbye to every device, and ends. */
  | { readonly type: 'mesh.close' }

export type SyncMeshEvent = SyncMeshCommand | SignalingReport | SyncPeerReport | PresenceFact | ErrorActorEvent<unknown>
