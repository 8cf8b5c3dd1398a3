import type { PeerLeftWhy, SendFrame, ServerFrame } from '#wire/signaling'
import type { Backplane } from './backplane.ts'
import { type NodeMessage, parseNodeMessage, type Stay } from './node-messages.ts'

/** A device connected to this node. */
export interface Member {
  readonly peer: string
  readonly session: string
  readonly send: (text: string) => void
  /** The same device joined again: end this connection. */
  readonly replace: () => void
}

export type SendOutcome = 'relayed' | 'peer-unknown' | 'peer-gone'

/** The devices of one room, those on other nodes included, as this node knows them. */
export interface Room {
  /** Members on this node. */
  readonly size: number
  hasSeat(peer: string): boolean
  /** Everybody else in the room, for the `joined` frame. */
  others(peer: string): string[]
  enter(member: Member): void
  exit(member: Member, why: PeerLeftWhy): void
  send(from: string, frame: SendFrame): SendOutcome
  close(): void
}

interface Place extends Stay {
  readonly member?: Member
}

interface RoomOptions {
  readonly id: string
  readonly node: string
  readonly capacity: number
  readonly backplane: Backplane
  /** ms since 1970, for telling stays apart across nodes. */
  readonly now: () => number
  /** Another node said something that is not the protocol. */
  readonly onMalformed: () => void
}

const isNewer = (stay: Stay, old: Stay): boolean =>
  stay.since === old.since ? stay.session > old.session : stay.since > old.since

export const createRoom = ({ id, node, capacity, backplane, now, onMalformed }: RoomOptions): Room => {
  const places = new Map<string, Place>()
  /** Names of those who left lately, so that "gone" and "never heard of" are told apart; bounded. */
  const departed = new Set<string>()
  const locals = () => [...places.values()].filter((place): place is Required<Place> => place.member !== undefined)
  const publish = (message: NodeMessage) => backplane.publish(id, JSON.stringify(message))
  const here = (stays: readonly Stay[]) =>
    publish({ k: 'here', node, stays: stays.map(({ peer, session, since }) => ({ peer, session, since })) })

  const tell = (frame: ServerFrame, except: string) => {
    const text = JSON.stringify(frame)
    for (const { peer, member } of locals()) if (peer !== except) member.send(text)
  }

  const arrive = (place: Place) => {
    const old = places.get(place.peer)
    // Of two stays of one device only the newer counts, in whatever order the news travels.
    if (old && (old.session === place.session || !isNewer(place, old))) return
    if (!old && places.size >= 2 * capacity) return
    places.set(place.peer, place)
    departed.delete(place.peer)
    old?.member?.replace()
    if (old) tell({ t: 'peer-left', peer: place.peer, why: 'replaced' }, place.peer)
    tell({ t: 'peer-joined', peer: place.peer }, place.peer)
  }

  const depart = (peer: string, session: string, why: PeerLeftWhy): boolean => {
    if (places.get(peer)?.session !== session) return false
    places.delete(peer)
    departed.add(peer)
    for (const oldest of departed) if (departed.size > 2 * capacity) departed.delete(oldest)
    tell({ t: 'peer-left', peer, why }, peer)
    return true
  }

  const hear = (message: NodeMessage) => {
    if (message.node === node) return
    if (message.k === 'who') here(locals())
    if (message.k === 'here') for (const stay of message.stays) arrive(stay)
    if (message.k === 'gone') depart(message.peer, message.session, message.why)
    if (message.k === 'signal') {
      const { from, to, id: ref, box } = message
      places.get(to)?.member?.send(JSON.stringify({ t: 'signal', from, id: ref, box } satisfies ServerFrame))
    }
  }

  const unsubscribe = backplane.subscribe(id, (text) => {
    const message = parseNodeMessage(text)
    if (message) hear(message)
    else onMalformed()
  })
  publish({ k: 'who', node })

  return {
    get size() {
      return locals().length
    },
    hasSeat: (peer) => places.has(peer) || places.size < capacity,
    others: (peer) => [...places.keys()].filter((other) => other !== peer),
    enter(member) {
      const { peer, session } = member
      // Who joins here now is newer than any stay heard of, even where a node's clock is ahead.
      const since = Math.max(now(), (places.get(peer)?.since ?? -1) + 1)
      const place = { peer, session, since, member }
      arrive(place)
      here([place])
    },
    exit({ peer, session }, why) {
      if (depart(peer, session, why)) publish({ k: 'gone', node, peer, session, why })
    },
    send(from, { to, id: ref, box }) {
      const place = places.get(to)
      if (!place) return departed.has(to) ? 'peer-gone' : 'peer-unknown'
      if (place.member) place.member.send(JSON.stringify({ t: 'signal', from, id: ref, box } satisfies ServerFrame))
      else publish({ k: 'signal', node, from, to, id: ref, box })
      return 'relayed'
    },
    close: unsubscribe,
  }
}
