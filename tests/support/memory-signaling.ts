import { type CallbackActorLogic, fromCallback } from 'xstate'
import type { SocketCommand, SocketFact, SocketInput } from '#machines/ports'

interface Member {
  readonly peerId: string
  readonly tell: (fact: SocketFact) => void
}

/** A signaling server in memory: rooms, rosters, relay; can be down. */
export interface MemorySignaling {
  readonly socket: CallbackActorLogic<SocketCommand, SocketInput>
  setUp(up: boolean): void
}

/** Makes the server. Facts are delivered as microtasks. */
export const createMemorySignaling = (): MemorySignaling => {
  const members = new Map<string, Member>()
  const callers = new Set<Member>()
  let up = true
  const others = (self: Member) => [...members.values()].filter((member) => member !== self)
  const leave = (self: Member, why: 'left' | 'timeout') => {
    if (members.get(self.peerId) !== self) return
    members.delete(self.peerId)
    for (const member of members.values()) member.tell({ type: 'socket.peerLeft', peerId: self.peerId, why })
  }
  const enter = (self: Member) => {
    members.set(self.peerId, self)
    self.tell({ type: 'socket.joined', peers: others(self).map((member) => member.peerId) })
    for (const member of others(self)) member.tell({ type: 'socket.peerJoined', peerId: self.peerId })
  }
  return {
    socket: fromCallback<SocketCommand, SocketInput>(({ input, sendBack, receive }) => {
      const self: Member = { peerId: input.peerId, tell: (fact) => queueMicrotask(() => sendBack(fact)) }
      callers.add(self)
      self.tell(up ? { type: 'socket.opened' } : { type: 'socket.closed', fault: 'signaling-unreachable' })
      receive((command) => {
        if (!up) return
        if (command.type === 'socket.join') enter(self)
        else if (command.type === 'socket.leave') leave(self, 'left')
        else {
          const target = members.get(command.to)
          if (target) target.tell({ type: 'socket.signal', from: self.peerId, signal: command.signal })
          else self.tell({ type: 'socket.peerGone', peerId: command.to })
        }
      })
      return () => {
        callers.delete(self)
        leave(self, 'timeout')
      }
    }),
    setUp: (value) => {
      up = value
      if (up) return
      members.clear()
      for (const caller of callers) caller.tell({ type: 'socket.closed', fault: 'signaling-unreachable' })
    },
  }
}
