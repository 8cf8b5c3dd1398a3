import type { DoneActorEvent } from 'xstate'
import type { FaultCode } from '#model/fault'
import type { Signal } from '#wire/signal'
import type { Hello, Ticket } from '#wire/messages'
import type {
  BanFact,
  Fingerprints,
  PresenceFact,
  ProverFact,
  PulseFact,
  ReplicatorFact,
  TransportFact,
} from '../ports.ts'
import type { ReassemblyOutput } from '../reassembly/index.ts'

/** One other device, as seen from this one. JSON. */
export interface SyncPeerInput {
  readonly selfId: string
  /** The other device. */
  readonly peerId: string
  /** Start of this engine, ms since 1970. */
  readonly epoch: number
  /** Which of this epoch's actors for the device this is; larger for each one made anew. */
  readonly generation: number
  /** Seeds the backoff; any number, different for every pair. */
  readonly seed: number
}

export interface SyncPeerContext extends SyncPeerInput {
  /** Attempts that failed since the last link that proved itself, as far as they are counted. */
  readonly attempt: number
  /** Attempts dialed by this actor so far; numbers them. */
  readonly dials: number
  /** Name of the present or last attempt; '' before the first. */
  readonly connId: string
  /** Epoch of the other device as told in this attempt; 0 for not yet. */
  readonly remoteEpoch: number
  /** Certificates of the link that is open, or was last; null before the first. */
  readonly fingerprints: Fingerprints | null
  /** The other side's hello, until it has proven itself. */
  readonly claim: Hello | null
  /** Why there is no link; null while there is one, or none was tried. */
  readonly fault: FaultCode | null
  /** Round trip of the link, ms; null for not measured. */
  readonly rttMs: number | null
  /** Refused bytes and messages of this link that are not laid to the device. */
  readonly refusals: number
  /** Offenses since the last ban that nobody but the device can have committed, on all links; at most `strikesPerDevice`. */
  readonly strikes: number
  /** When its ban ends, ms since 1970; null without one, or not told yet. */
  readonly bannedUntil: number | null
  /** Number of the last ping. */
  readonly pings: number
  /** Messages of several chunks under way, by msgId; at most `openMessagesPerPeer`. */
  readonly receiving: readonly number[]
  /** Times that our storage refused since it last took something; stretches the pause before it is tried again. */
  readonly storageFailures: number
  /** The batch handed over last; '' for none. */
  readonly batch: Ticket
}

/** What the mesh tells a peer. */
export type SyncPeerCommand =
  /** The device is in the signaling roster and may be linked; said again whenever it (or we) came back to it. */
  | { readonly type: 'peer.present' }
  /** It left the roster, or the roster is out of reach. */
  | { readonly type: 'peer.absent' }
  /** A signal from the device arrived. */
  | { readonly type: 'peer.signaled'; readonly signal: Signal }
  /** It was banned, and the actor that held its ban is gone: another ban of full length. */
  | { readonly type: 'peer.ban' }
  /** "Try again" from a person, who meant this device if it is banned. */
  | { readonly type: 'peer.retry' }
  /** The engine is going: say goodbye. */
  | { readonly type: 'peer.close' }

/** What a peer tells the mesh. */
export type SyncPeerReport =
  /** To be carried to the device by signaling. */
  | { readonly type: 'peer.signal'; readonly to: string; readonly signal: Signal }
  | { readonly type: 'peer.linked'; readonly peerId: string }
  | { readonly type: 'peer.unlinked'; readonly peerId: string; readonly fault: FaultCode }
  /**
   * No attempt follows until a person, the page, the network or the device itself asks for it. Told again after each
   * attempt that the device asked for by a signal, and that came to nothing.
   */
  | { readonly type: 'peer.gaveUp'; readonly peerId: string; readonly fault: FaultCode }
  /** The device is refused until a person asks, or it starts anew. */
  | { readonly type: 'peer.refused'; readonly peerId: string; readonly fault: FaultCode }
  /** It offended too often: nothing is said to it nor heard from it, whatever it does, until `peer.pardoned`. */
  | { readonly type: 'peer.banned'; readonly peerId: string; readonly fault: FaultCode }
  | { readonly type: 'peer.pardoned'; readonly peerId: string }

export type SyncPeerEvent =
  | SyncPeerCommand
  | TransportFact
  | ProverFact
  | BanFact
  | ReplicatorFact
  | PulseFact
  | PresenceFact
  | DoneActorEvent<ReassemblyOutput>

/** Beside `resting`, the states as people know them; each state of the link has exactly one of these. */
export type PeerTag = 'absent' | 'connecting' | 'connected' | 'recovering' | 'waiting' | 'gaveUp' | 'refused'
