import type { Road } from '#sim/network'

export type { Road }

/** `both` ways, or only from the first to the second, or only back. */
export type Way = 'both' | 'there' | 'back'

/**
 * The network between the devices. Names are those of devices and hostile peers; `server` is the signaling server.
 * Names that are none of these, and roads of impossible shape, throw `FieldmeshError` `options-invalid`.
 */
export interface WorldNetwork {
  /** Nothing passes any more between two places; links notice after a while, as real ones do. */
  cut(a: string, b: string, way?: Way): void
  heal(a: string, b: string): void
  /** Groups that do not reach each other; whoever is in no group reaches everybody. */
  partition(...groups: readonly (readonly string[])[]): void
  /** Heals every cut and partition; roads keep their shape. */
  healAll(): void
  /**
   * Gives a road another shape: the one between two places, both ways, all of one place, or all there are.
   *
   * @example
   * world.network.shape({ latencyMs: 400, loss: 0.1, bytesPerSecond: 20_000 }, 'a', 'b')
   */
  shape(road: Partial<Road>, a?: string, b?: string): void
  /** Ends the links between two devices (default: all links) at once, both sides told: a change of network. */
  breakLinks(a?: string, b?: string): void
  /** The first device's end of its links vanishes unsaid: the other's stays half open until it notices. */
  vanishLinks(a: string): void
  /** True where what the first sends reaches the second now: neither cut off, nor parted, nor asleep. */
  isOpen(a: string, b: string): boolean
  /** The shape of the road from the first to the second, as it is now. */
  road(a: string, b: string): Road
  /** Links that are open at both ends. */
  readonly links: number
  /** Ends (RTCPeerConnections) that exist and are not closed, open or not. */
  readonly ends: number
  /** RTCPeerConnections that were ever made. */
  readonly made: number
}

/** The signaling server. */
export interface WorldServer {
  readonly isUp: boolean
  /** Dies without a word: connections break, rooms are forgotten. */
  stop(): void
  start(): void
  /** Breaks every connection and forgets all rooms, but takes new ones at once. */
  dropAll(): void
  /** Share of frames, 0 to 1, that are sent twice, and that are sent late (out of order). */
  misbehave(faults: { readonly duplicate?: number; readonly delay?: number; readonly staleRoster?: boolean }): void
  /** Connections that are open. */
  readonly connections: number
  /** Connections that were ever made. */
  readonly made: number
}

/** A member of the room that gets itself linked and then sends what no honest device sends. */
export interface HostilePeer {
  readonly name: string
  readonly peerId: string
  /** Frames it has sent so far. */
  readonly sent: number
  /** Calls every device so many times by signals, each time as if it had started anew. */
  readonly pester: (times: number) => void
  /** Links that opened so far. */
  readonly linked: number
  /** Goes away for good. */
  readonly leave: () => void
}
