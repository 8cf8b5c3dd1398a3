/**
 * The whole boundary between the charts and the world, on one page. Each port is an actor with commands (chart →
 * world) and facts (world → chart). Adapters obey four sentences: translate, don't decide; never throw;
 * send facts, not objects; close once. Bytes never cross: they rest in the depot and are named by a ticket.
 */
import type { FaultCode } from '#model/fault'
import type { Auth, Bye, ChannelName, Hello, MessageKind, Ping, Pong, Priority, Ticket } from '#wire/messages'
import type { Signal } from '#wire/signal'

// ── transport: one attempt at a direct link (one RTCPeerConnection) ─────────────────────────────────────────────

export interface TransportInput {
  readonly peerId: string
  /** Names the attempt; also the depot's owner of what arrives on it. */
  readonly connId: string
  /** Our own epoch, told in offers and answers. */
  readonly epoch: number
  /** The dialer makes the offer; the answerer is the polite one in a glare. */
  readonly role: 'dialer' | 'answerer'
}
export interface Fingerprints {
  readonly ours: string
  readonly theirs: string
}
export type TransportCommand =
  | { readonly type: 'transport.signal'; readonly signal: Signal }
  | { readonly type: 'transport.restartIce' }
  | { readonly type: 'transport.say'; readonly message: Hello | Auth | Ping | Pong | Bye }
  | {
      readonly type: 'transport.send'
      readonly ticket: Ticket
      readonly kind: MessageKind
      readonly channel: ChannelName
      readonly priority: Priority
    }
  /** Nobody will take these bytes out of the depot: forget them, whole or half received. */
  | { readonly type: 'transport.drop'; readonly ticket: Ticket }
export type TransportFact =
  /** To be carried to the other side by signaling. */
  | { readonly type: 'link.signal'; readonly signal: Signal }
  /** Both channels are open. SHA-256 of the DTLS certificates of both ends, base64url: whoever sits in between has others. */
  | { readonly type: 'link.opened'; readonly fingerprints: Fingerprints }
  /** ICE lost its path but may find it again by itself. */
  | { readonly type: 'link.disconnected' }
  | { readonly type: 'link.restored' }
  | { readonly type: 'link.failed'; readonly fault: FaultCode }
  | { readonly type: 'link.closed' }
  /** A small message. */
  | { readonly type: 'link.said'; readonly message: Hello | Auth | Ping | Pong | Bye }
  /** Anything at all arrived; at most twice a second. */
  | { readonly type: 'link.heard' }
  /** First chunk of a message of several. */
  | {
      readonly type: 'link.messageOpened'
      readonly msgId: number
      readonly ticket: Ticket
      readonly kind: MessageKind
      readonly total: number
    }
  /** A further chunk of it is in the depot. */
  | { readonly type: 'link.chunk'; readonly msgId: number }
  /** A message of one chunk, whole. */
  | { readonly type: 'link.message'; readonly ticket: Ticket; readonly kind: MessageKind }
  /** All bytes of the ticket were handed to the channel; its bytes left the depot. */
  | { readonly type: 'link.sent'; readonly ticket: Ticket }
  /** The queue of bulk bytes fell below one batch: there is room for another ticket. */
  | { readonly type: 'link.writable' }
  /**
   * Hostile or broken bytes, refused and counted; `count` is the number on this link so far. `over` the link: nobody
   * but the device at its other end can have sent them; a signal, any member of the room.
   */
  | { readonly type: 'link.refused'; readonly fault: FaultCode; readonly count: number; readonly over?: 'link' }
  | { readonly type: 'link.rtt'; readonly ms: number }

// ── prover: who is at the other end ─────────────────────────────────────────────────────────────────────────────

export interface ProverInput {
  readonly peerId: string
  readonly connId: string
  readonly role: 'dialer' | 'answerer'
  readonly fingerprints: Fingerprints
}
export type ProverCommand =
  /** The hello that we say. */
  | { readonly type: 'prover.introduced'; readonly hello: Hello }
  /** The hello that we hear. Once both are there, `prover.auth` follows. */
  | { readonly type: 'prover.greeted'; readonly hello: Hello }
  /** The other side's proof. Answered by `proven` or `refused`, exactly once. */
  | { readonly type: 'prover.check'; readonly auth: Auth }
export type ProverFact =
  /** Our proof, to be said. */
  | { readonly type: 'prover.auth'; readonly auth: Auth }
  /** The other side belongs to the room and is who it says, on this very connection. */
  | { readonly type: 'prover.proven' }
  | { readonly type: 'prover.refused'; readonly fault: FaultCode }

// ── ban: the clock on the wall, for a device that is left alone ─────────────────────────────────────────────────

export interface BanInput {
  readonly peerId: string
  /** From now on, ms. */
  readonly forMs: number
}
export type BanFact =
  /** When it ends, ms since 1970: for people; the chart goes by its own clock. */
  { readonly type: 'ban.set'; readonly until: number }

// ── replicator: what to say to one peer, and what to do with what it says ───────────────────────────────────────

export interface ReplicatorInput {
  readonly peerId: string
  readonly connId: string
}
export type ReplicatorCommand =
  /** The other side's hello arrived and was accepted. */
  | { readonly type: 'replicator.greeted'; readonly hello: Hello }
  /** Pack the next batch of what the peer lacks. Answered by `packed` or `current`, exactly once. */
  | { readonly type: 'replicator.pack' }
  /** A whole message rests under the ticket: digest it. Answered by `stored`, `refused` or `storageFailed`; not at all where nothing in it was new. */
  | { readonly type: 'replicator.take'; readonly ticket: Ticket; readonly kind: MessageKind }
  /** A message was abandoned half way (its ticket can be dropped), or our storage refused one: ask the peer to send again from our vector. */
  | { readonly type: 'replicator.askAgain'; readonly abandoned?: Ticket }
export type ReplicatorFact =
  /** Our hello, to be said first. */
  | { readonly type: 'replicator.hello'; readonly hello: Hello }
  /** The peer lacks something. `own`: written here, send at once; `relayed`: others may be sending it too, hold it a moment. */
  | { readonly type: 'replicator.news'; readonly urgency: 'own' | 'relayed' }
  | { readonly type: 'replicator.packed'; readonly ticket: Ticket; readonly priority: Priority }
  /** The peer lacks nothing that was not sent already. */
  | { readonly type: 'replicator.current' }
  /** Our vector as a control message, to be sent at once (acknowledgment, announcement or pull). */
  | { readonly type: 'replicator.announce'; readonly ticket: Ticket }
  /** A message of that kind was digested; entries of it that were not here before are durable now. */
  | { readonly type: 'replicator.stored'; readonly kind: MessageKind }
  | { readonly type: 'replicator.refused'; readonly fault: FaultCode }
  /** Our own disk would not take it: nothing was acknowledged, the peer keeps it. */
  | { readonly type: 'replicator.storageFailed'; readonly fault: FaultCode }

// ── pulse: the heartbeat's clock, which knows when it was late ───────────────────────────────────────────────────

export interface PulseInput {
  readonly everyMs: number
}
export type PulseFact =
  | { readonly type: 'pulse.beat' }
  /** Our own timer was late by two intervals or more (sleep, frozen tab): judge nobody by it. */
  | { readonly type: 'pulse.late'; readonly lateMs: number }

// ── socket: one WebSocket attempt to the signaling server ───────────────────────────────────────────────────────

export interface SocketInput {
  readonly url: string
  readonly room: string
  readonly peerId: string
}
export type SocketCommand =
  | { readonly type: 'socket.join' }
  | { readonly type: 'socket.send'; readonly to: string; readonly id: number; readonly signal: Signal }
  | { readonly type: 'socket.leave' }
export type SocketFact =
  /** The server's hello arrived. */
  | { readonly type: 'socket.opened' }
  | { readonly type: 'socket.joined'; readonly peers: readonly string[] }
  | { readonly type: 'socket.peerJoined'; readonly peerId: string }
  | {
      readonly type: 'socket.peerLeft'
      readonly peerId: string
      readonly why: 'left' | 'timeout' | 'node-lost' | 'replaced'
    }
  | { readonly type: 'socket.signal'; readonly from: string; readonly signal: Signal }
  /** The server could not carry a signal to that peer. */
  | { readonly type: 'socket.peerGone'; readonly peerId: string }
  /** The server refuses us; `final` where trying again cannot help. */
  | { readonly type: 'socket.refused'; readonly fault: FaultCode; readonly final: boolean; readonly retryMs: number }
  /** The server is going down for a while. */
  | { readonly type: 'socket.draining'; readonly retryMs: number }
  | { readonly type: 'socket.malformed' }
  | { readonly type: 'socket.closed'; readonly fault: FaultCode }

// ── presence: what the page or the process goes through ─────────────────────────────────────────────────────────

export type PresenceInput = Record<string, never>
export type PresenceFact =
  | { readonly type: 'page.online' }
  | { readonly type: 'page.offline' }
  | { readonly type: 'page.visible' }
  | { readonly type: 'page.hidden' }
  | { readonly type: 'page.frozen' }
  /** The page is being unloaded for good. */
  | { readonly type: 'page.leaving' }
  | { readonly type: 'page.resumed' }
  /** Timers ran late: the machine slept. */
  | { readonly type: 'page.woke'; readonly gapMs: number }
  /** Another network, as by `navigator.connection`. */
  | { readonly type: 'network.changed' }

// ── leadership and storage: one tab owns the log ─────────────────────────────────────────────────────────────────

export interface LeadershipInput {
  readonly name: string
}
export type LeadershipFact =
  | { readonly type: 'leadership.acquired' }
  /** Another tab holds it; `acquired` follows when that one closes. */
  | { readonly type: 'leadership.blocked' }
  | { readonly type: 'leadership.lost' }
  /** Tabs cannot be told apart here (no Web Locks), so nobody may lead: final. */
  | { readonly type: 'leadership.failed'; readonly fault: FaultCode }

export interface OpenedStore {
  /** Room id, as the signaling server sees it. */
  readonly room: string
  readonly peerId: string
  readonly epoch: number
  /** Devices met before, from the peer book. */
  readonly knownPeers: readonly string[]
}
export interface StorageInput {
  readonly name: string
}
export type StorageHealthFact =
  | { readonly type: 'storage.failed'; readonly fault: FaultCode }
  | { readonly type: 'storage.recovered' }
