/**
 * The signaling protocol `fieldmesh.sig.v1` on one page: JSON text frames over a WebSocket that negotiated the
 * subprotocol of this name. C→ is from a device to the server, S→ from the server to a device.
 *
 * A join is proven: the room's id is its public key, and the device shows by two signatures over the server's nonce that
 * it has the room's key and its own (`#trust/join-proof`). The server keeps no list of either.
 */

/** WebSocket subprotocol; a server that speaks another is no signaling server for us. */
export const SIGNALING_PROTOCOL = 'fieldmesh.sig.v1'

/** Version inside `hello`; goes with the subprotocol. */
export const SIGNALING_VERSION = 1

/** Why the server refuses something, on the wire. */
export const SIGNALING_ERROR_CODES = [
  'bad-json',
  'bad-message',
  'unsupported-version',
  'join-timeout',
  'bad-proof',
  'auth-required',
  'token-expired',
  'origin-denied',
  'room-full',
  'not-joined',
  'peer-unknown',
  'peer-gone',
  'rate-limited',
  'too-large',
] as const
export type SignalingErrorCode = (typeof SIGNALING_ERROR_CODES)[number]

/** WebSocket close codes of the protocol (RFC 6455 §7.4; 4000–4999 are private). */
export const SIGNALING_CLOSE = {
  normal: 1000,
  goingAway: 1001,
  /** Not JSON, not a frame of the protocol, or not UTF-8. */
  badData: 1007,
  tooLarge: 1009,
  /** The server restarts: come back after `drain.retryMs`. */
  restart: 1012,
  /** Too slow, too much, or no seat: come back later. */
  tryLater: 1013,
  /** The same device joined from another place. */
  replaced: 4001,
  /** The server will not have this device or page. */
  auth: 4003,
} as const

export const PEER_LEFT_WHYS = ['left', 'timeout', 'node-lost', 'replaced'] as const
export type PeerLeftWhy = (typeof PEER_LEFT_WHYS)[number]

/** What the server allows, so that a device can pace itself. Sizes in bytes, times in ms. */
export interface AnnouncedLimits {
  readonly frameBytes: number
  readonly boxBytes: number
  readonly roomPeers: number
  /** Frames per second that one connection may send in the long run. */
  readonly perSecond: number
  /** Frames it may send at once after a rest. */
  readonly burst: number
  readonly joinMs: number
}

/** STUN or TURN server as in `RTCIceServer`. */
export interface IceServer {
  readonly urls: string | readonly string[]
  readonly username?: string
  readonly credential?: string
}

/** S→ first frame of every connection. */
export interface HelloFrame {
  readonly t: 'hello'
  readonly v: typeof SIGNALING_VERSION
  /** Fresh for each connection, base64url of 16 bytes; what a join signs. */
  readonly nonce: string
  /** Name of the server process. */
  readonly node: string
  /** Interval of the server's WebSocket pings, ms. */
  readonly ping: number
  readonly limits: AnnouncedLimits
}

/** C→ once, within `limits.joinMs`. Without a proof it is read all the same, to be refused by its name: `bad-proof`. */
export interface JoinFrame {
  readonly t: 'join'
  /** The room's public key, base64url. */
  readonly room: string
  /** The device's id, which its key makes. */
  readonly peer: string
  /** The device's public key, base64url. */
  readonly pub?: string
  /** Signature by the room's key, base64url. */
  readonly roomSig?: string
  /** Signature by the device's key, base64url. */
  readonly devSig?: string
  /** A JSON Web Token of the operator, where the server asks for one. */
  readonly token?: string
}

/** S→ the answer to a join. */
export interface JoinedFrame {
  readonly t: 'joined'
  /** Devices in the room, this one not counted. */
  readonly peers: readonly string[]
  /** Where the operator has a TURN server: with credentials that are good for this stay. */
  readonly ice: readonly IceServer[]
  /** Names this stay in the room. */
  readonly session: string
}

export interface PeerJoinedFrame {
  readonly t: 'peer-joined'
  readonly peer: string
}

export interface PeerLeftFrame {
  readonly t: 'peer-left'
  readonly peer: string
  readonly why: PeerLeftWhy
}

/** C→ to be carried to `to`. The box is sealed by the room's key (`#trust/sealed-signals`): at most 12 KiB of text. */
export interface SendFrame {
  readonly t: 'signal'
  readonly to: string
  /** Chosen by the sender; comes back as `ref` when the signal could not be carried. */
  readonly id: number
  readonly box: string
}

/** S→ what another device sent. */
export interface SignalFrame {
  readonly t: 'signal'
  readonly from: string
  readonly id: number
  readonly box: string
}

/** C→ a polite farewell; the server closes the connection after it. */
export interface LeaveFrame {
  readonly t: 'leave'
}

/** S→ a refusal. `ref` is the id of the signal it speaks of; `retryMs` when to come back. */
export interface ErrorFrame {
  readonly t: 'error'
  readonly code: SignalingErrorCode
  readonly ref?: number
  readonly retryMs?: number
}

/** S→ the server is going down: come back after this many ms. */
export interface DrainFrame {
  readonly t: 'drain'
  readonly retryMs: number
}

export type ClientFrame = JoinFrame | SendFrame | LeaveFrame
export type ServerFrame =
  | HelloFrame
  | JoinedFrame
  | PeerJoinedFrame
  | PeerLeftFrame
  | SignalFrame
  | ErrorFrame
  | DrainFrame
