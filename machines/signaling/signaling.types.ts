import type { FaultCode } from '#model/fault'
import type { Signal } from '#wire/signal'
import type { PresenceFact, SocketFact } from './signaling.ports.ts'

/** How this device takes part in a room. JSON. */
export interface SignalingInput {
  /** `ws://` or `wss://` address of the server; null for none. */
  readonly url: string | null
  /** Room id, as the server sees it. */
  readonly room: string
  readonly peerId: string
  /** Seeds the backoff; any number, different on every device. */
  readonly seed: number
}

export interface SignalingContext extends SignalingInput {
  /** Attempts that failed since the last connection that proved itself. */
  readonly attempt: number
  /** Number of the last signal sent on this socket; the server names it in its errors. */
  readonly lastId: number
  /** Frames of this socket that were not the protocol. */
  readonly malformed: number
  /** The server asked to be left alone for this long, ms; 0 where it did not. */
  readonly retryMs: number
  /** Why the last connection ended, or could not be made; null while all is well. */
  readonly fault: FaultCode | null
}

/** What the mesh asks of signaling. */
export type SignalingCommand =
  | { readonly type: 'signaling.send'; readonly to: string; readonly signal: Signal }
  /** Changes the server at run time; null for none. */
  | { readonly type: 'signaling.setUrl'; readonly url: string | null }
  /** "Try again" from a person. */
  | { readonly type: 'signaling.retry' }

/** What signaling tells the mesh. */
export type SignalingReport =
  /** Joined the room; `peers` are the others in it now. */
  | { readonly type: 'signaling.online'; readonly peers: readonly string[] }
  | { readonly type: 'signaling.peerJoined'; readonly peerId: string }
  | { readonly type: 'signaling.peerLeft'; readonly peerId: string; readonly why: PeerLeftReason }
  | { readonly type: 'signaling.received'; readonly from: string; readonly signal: Signal }
  /** The server could not carry a signal to that peer. */
  | { readonly type: 'signaling.peerGone'; readonly peerId: string }
  /** A signal was not sent: there is no connection. */
  | { readonly type: 'signaling.undelivered'; readonly to: string }
  /** The connection ended or could not be made; another attempt follows by itself. */
  | { readonly type: 'signaling.down'; readonly fault: FaultCode }
  /** No attempt follows until a person, the page or the network asks for it. */
  | { readonly type: 'signaling.gaveUp'; readonly fault: FaultCode }
  /** The server will not have this device; trying again by itself cannot help. */
  | { readonly type: 'signaling.refused'; readonly fault: FaultCode }

export type PeerLeftReason = 'left' | 'timeout' | 'node-lost' | 'replaced'

/** Everything signaling reacts to; of the page's facts, those that promise a better chance. */
export type SignalingEvent = SignalingCommand | SocketFact | PresenceFact
