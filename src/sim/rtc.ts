import type { Host } from './host.ts'
import type { Network } from './network.ts'
import { Association } from './association.ts'
import { SimulatedPeerConnection } from './peer-connection.ts'
import { agreementOf } from './rtc-agreement.ts'
import { idOfUfrag } from './rtc-identity.ts'

/** Every RTCPeerConnection of the simulation: where the two ends of one find each other. */
export interface Rtc {
  /** The class for one page; give it to `createTransportLogic`. */
  classFor(host: Host, place: string): new (config?: RTCConfiguration) => SimulatedPeerConnection
  /** Both ends of the links between two places (default: all) fail at once, and both are told. */
  breakLinks(a?: string, b?: string): void
  /** The ends at one place vanish: those there fail, those elsewhere hear nothing. */
  vanishLinks(a: string): void
  /**
   * The page has another address, as from one Wi-Fi to another: its roads stay open, but nothing passes over the links
   * it has until ICE is restarted, at either end. Nobody is told; browsers tell their page of it, `setNetwork` does.
   */
  moveAddress(host: Host): void
  /** The page at a place died: its ends answer nobody any more. */
  bury(host: Host): void
  /** Links open at both ends. */
  readonly links: number
  /** Ends that are not closed, of pages that live. */
  readonly ends: number
  /** RTCPeerConnections ever made. */
  readonly made: number
}

/** What the ends share. */
export interface RtcGround {
  readonly network: Network
  /** An end changed: it may be ready for its other end now. */
  consider(end: SimulatedPeerConnection): void
  nextId(): number
  retire(end: SimulatedPeerConnection): void
}

export const createRtc = (network: Network): Rtc => {
  const ends = new Map<number, SimulatedPeerConnection>()
  let made = 0

  const between = (one: SimulatedPeerConnection, a?: string, b?: string): boolean => {
    const places = [one.place, one.association?.otherEnd(one).place]
    return (a === undefined || places.includes(a)) && (b === undefined || places.includes(b))
  }
  /** Whose credentials an end was given. */
  const wantedBy = ({ remote }: SimulatedPeerConnection) => (remote ? ends.get(idOfUfrag(remote.ufrag)) : undefined)
  const ground: RtcGround = {
    network,
    nextId: () => ++made,
    consider: (end) => {
      const other = wantedBy(end)
      if (!other || other === end || wantedBy(other) !== end) return
      const mutual = end.association && end.association === other.association
      if (mutual) end.association?.negotiated()
      else if (!end.association && !other.association && agreementOf(end, other) !== undefined)
        new Association(network, end, other)
    },
    retire: (end) => void ends.delete(end.id),
  }
  return {
    classFor: (host, place) =>
      class extends SimulatedPeerConnection {
        constructor() {
          super(ground, host, place)
          ends.set(this.id, this)
        }
      },
    breakLinks: (a, b) => {
      for (const end of Array.from(ends.values()))
        if (end.association && between(end, a, b)) end.association.breakBoth()
    },
    vanishLinks: (a) => {
      for (const end of Array.from(ends.values())) if (end.place === a) end.association?.vanish(end)
    },
    moveAddress: (host) => {
      for (const end of Array.from(ends.values())) if (end.host === host) end.loseAddress()
    },
    bury: (host) => {
      for (const end of Array.from(ends.values()))
        if (end.host === host) {
          ends.delete(end.id)
          end.association?.vanish(end)
        }
    },
    get links() {
      return new Set([...ends.values()].flatMap(({ association }) => (association?.isOpen ? [association] : []))).size
    },
    get ends() {
      return ends.size
    },
    get made() {
      return made
    },
  }
}
