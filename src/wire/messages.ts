/**
 * All messages between two devices on one page. `hello`, `auth`, `ping`, `pong`, `credit` and `bye` are small and
 * travel as facts; `vector` and `entries` are bytes that rest in the depot and are named by a ticket.
 */

export { PRIORITY, type Priority, PROTOCOL } from '#model/protocol'

/** Bytes resting in the depot. */
export type Ticket = string

/** First message on every link, both ways, at once. */
export interface Hello {
  readonly kind: 'hello'
  readonly protocol: number
  readonly peerId: string
  /** Start of the sender's engine, ms since 1970, monotonic per device: a new one means that the device restarted. */
  readonly epoch: number
  /** Digest of the sender's version vector (16 hex digits): equal digests need no more words. */
  readonly digest: string
  /** Digest of the receiver's vector as the sender last knew it, or '' : the base for a vector delta. */
  readonly cookie: string
  /** 16 random bytes of this link alone, base64url. */
  readonly nonce: string
  /** The sender's public key, 32 bytes, base64url; its `peerId` is made from it. */
  readonly pub: string
  /** Digest of the chains of all authors (16 hex digits): who holds as many entries must hold the same ones. */
  readonly heads?: string
  /** Locks of the room that the sender has the keys of (16 hex digits each), newest first; absent before any rotation. */
  readonly locks?: readonly string[]
  /** In rooms with certificates: the sender's, base64url, for those who have not heard of it. */
  readonly certificate?: string
}

/**
 * Second message on every link, once both hellos are there: proof that the sender belongs to the room and is who it
 * says, on this very connection. Nothing else is said before both are proven.
 */
export interface Auth {
  readonly kind: 'auth'
  /** 32 bytes by the room's key, base64url. */
  readonly mac: string
  /** 64 bytes by the sender's key, base64url. */
  readonly signature: string
}

/** The sender's version vector, durable entries only: summary, announcement and acknowledgment in one. */
export interface VectorMessage {
  readonly kind: 'vector'
  /** Digest of the vector this is a delta to, or '' for a whole one. */
  readonly base: string
  /** Author → contiguous seq; with a base, only what changed. */
  readonly clock: Readonly<Record<string, number>>
  /** True asks the receiver to send again everything this vector lacks. */
  readonly pull: boolean
  /** A new lock of the room, handed on to a device that lacks it. */
  readonly lock?: LockMessage
}

/** A lock of the room with the word of whoever put it in; see `#trust/locks`. */
export interface LockMessage {
  readonly epoch: number
  /** 32 bytes, base64url. */
  readonly secret: string
  /** Public key, 32 bytes, base64url. */
  readonly by: string
  /** 64 bytes, base64url. */
  readonly sig: string
}

/** Liveness; answered by a pong with the same id. */
export interface Ping {
  readonly kind: 'ping'
  readonly id: number
}
export interface Pong {
  readonly kind: 'pong'
  readonly id: number
}

/** Bulk bytes received on this link so far (uint32, wraps): opens the sender's window. */
export interface Credit {
  readonly kind: 'credit'
  readonly received: number
}

/** The sender is going: stopped, refused, or replaced. */
export interface Bye {
  readonly kind: 'bye'
  readonly reason: ByeReason
}
export type ByeReason = 'stopped' | 'refused' | 'redial'

export type ControlMessage = Hello | Auth | VectorMessage | Ping | Pong | Credit | Bye
export type MessageKind = ControlMessage['kind'] | 'entries'

/** The two channels of a link: control and bulk, `negotiated` ids 0 and 1. */
export type ChannelName = 'ctl' | 'bulk'
