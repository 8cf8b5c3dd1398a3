import { type IceServer, type JoinFrame, type PeerLeftWhy, type SendFrame, SIGNALING_CLOSE } from '#wire/signaling'
import type { SignalingLimits } from './limits.ts'
import type { Line } from './line.ts'
import type { Metrics } from './metrics.ts'
import type { Member, Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import { createToken } from './token.ts'

/** One connection's place in a room. */
export interface Membership {
  /** For a join that was proven, once. `full`: the room has no place. */
  join(frame: JoinFrame): 'joined' | 'full'
  relay(frame: SendFrame): void
  leave(why: PeerLeftWhy): void
}

interface Seat {
  readonly roomId: string
  readonly room: Room
  readonly member: Member
}

interface MembershipOptions {
  readonly rooms: Rooms
  readonly limits: SignalingLimits
  readonly metrics: Metrics
  /** TURN servers for a device, with credentials of its own. */
  readonly iceFor: (peer: string) => readonly IceServer[]
}

export const createMembership = (line: Line, { rooms, limits, metrics, iceFor }: MembershipOptions): Membership => {
  let seat: Seat | undefined
  return {
    join({ room: roomId, peer }) {
      const room = rooms.open(roomId)
      if (!room.hasSeat(peer)) {
        rooms.release(roomId)
        line.refuse('room-full', { retryMs: limits.fullRetryMs })
        return 'full'
      }
      const session = createToken()
      const replace = () => line.hangUp(SIGNALING_CLOSE.replaced, 'replaced', 'replaced')
      const member: Member = { peer, session, send: line.sayText, replace }
      seat = { roomId, room, member }
      line.say({ t: 'joined', peers: room.others(peer), ice: iceFor(peer), session })
      room.enter(member)
      return 'joined'
    },
    relay(frame) {
      if (!seat) return line.refuse('not-joined', { ref: frame.id })
      const outcome = seat.room.send(seat.member.peer, frame)
      if (outcome === 'relayed') metrics.relayed += 1
      else line.refuse(outcome, { ref: frame.id })
    },
    leave(why) {
      if (!seat) return
      const { roomId, room, member } = seat
      seat = undefined
      room.exit(member, why)
      rooms.release(roomId)
    },
  }
}
