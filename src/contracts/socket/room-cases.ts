import { insistSame } from '../insist.ts'
import type { Device, SocketCase } from './socket-case.ts'

const rosterOf = (device: Device): readonly string[] => device.of('socket.joined')[0]?.peers.toSorted() ?? ['none']
const peersJoined = (device: Device): readonly string[] => device.of('socket.peerJoined').map(({ peerId }) => peerId)
const types = (device: Device): readonly string[] => device.facts.map(({ type }) => type)

export const roomCases: readonly SocketCase[] = [
  {
    id: 'SOCKET-1',
    says: 'the first in a room is told that it is open, then joined with nobody, each once',
    check: async ({ joined }) => {
      const ada = await joined('ada')
      insistSame(ada.facts, [{ type: 'socket.opened' }, { type: 'socket.joined', peers: [] }], 'facts')
    },
  },
  {
    id: 'SOCKET-2',
    says: 'who joins is told who is there, and they are told who joins',
    check: async ({ joined }) => {
      const ada = await joined('ada')
      const bob = await joined('bob')
      const cleo = await joined('cleo')
      await ada.heard('socket.peerJoined', 2)
      await bob.heard('socket.peerJoined')
      insistSame([ada, bob, cleo].map(rosterOf), [[], ['ada'], ['ada', 'bob']], 'rosters')
      insistSame([ada, bob, cleo].map(peersJoined), [['bob', 'cleo'], ['cleo'], []], 'who joined later')
    },
  },
  {
    id: 'SOCKET-3',
    says: 'rooms know nothing of each other',
    check: async ({ joined }) => {
      const ada = await joined('ada', 'here')
      const bob = await joined('bob', 'there')
      bob.tell('ada', { kind: 'nudge', epoch: 1 })
      await bob.heard('socket.peerGone')
      // Whoever comes next is told of; whatever was before it would have been told before it.
      await joined('cleo', 'here')
      await ada.heard('socket.peerJoined')
      insistSame([rosterOf(bob), peersJoined(ada)], [[], ['cleo']], 'roster over there, and who joined here')
      insistSame(ada.of('socket.signal'), [], 'signals from the other room')
    },
  },
  {
    id: 'SOCKET-4',
    says: 'who leaves is told as left to the others, once, and hears nothing more itself',
    check: async ({ joined }) => {
      const ada = await joined('ada')
      const bob = await joined('bob')
      await ada.heard('socket.peerJoined')
      bob.send({ type: 'socket.leave' })
      await ada.heard('socket.peerLeft')
      insistSame(ada.of('socket.peerLeft'), [{ type: 'socket.peerLeft', peerId: 'bob', why: 'left' }], 'told to ada')
      await joined('cleo')
      await ada.heard('socket.peerJoined', 2)
      insistSame(types(bob), ['socket.opened', 'socket.joined'], 'facts of the one that left')
      insistSame(ada.of('socket.peerLeft').length, 1, 'times told')
    },
  },
  {
    id: 'SOCKET-5',
    says: 'who stops without a word is told as left too, and can come again',
    check: async ({ joined }) => {
      const ada = await joined('ada')
      const bob = await joined('bob')
      await ada.heard('socket.peerJoined')
      bob.stop()
      await ada.heard('socket.peerLeft')
      insistSame(ada.of('socket.peerLeft'), [{ type: 'socket.peerLeft', peerId: 'bob', why: 'left' }], 'told to ada')
      const again = await joined('bob')
      await ada.heard('socket.peerJoined', 2)
      insistSame([rosterOf(again), peersJoined(ada)], [['ada'], ['bob', 'bob']], 'roster, and who joined')
    },
  },
  {
    id: 'SOCKET-6',
    says: 'the same device from another place replaces the first: refused for good there, told to the others',
    check: async ({ joined }) => {
      const cleo = await joined('cleo')
      const old = await joined('ada')
      const young = await joined('ada')
      await old.heard('socket.refused')
      await cleo.heard('socket.peerJoined', 2)
      insistSame(
        old.facts.at(-1),
        { type: 'socket.refused', fault: 'signaling-replaced', final: true, retryMs: 0 },
        'last word to the old one',
      )
      insistSame([types(young), rosterOf(young)], [['socket.opened', 'socket.joined'], ['cleo']], 'the young one')
      const told = cleo.facts.slice(2)
      const joining = { type: 'socket.peerJoined', peerId: 'ada' }
      const leaving = { type: 'socket.peerLeft', peerId: 'ada', why: 'replaced' }
      insistSame(told, [joining, leaving, joining], 'told to the others')
      young.tell('cleo', { kind: 'nudge', epoch: 2 })
      await cleo.heard('socket.signal')
      insistSame(old.facts.at(-1)?.type, 'socket.refused', 'last word to the old one, later on')
    },
  },
  {
    id: 'SOCKET-7',
    says: 'a full room refuses for now, and says when to come back',
    needs: 'bounds',
    bounds: { roomPeers: 1 },
    check: async ({ joined, dial }) => {
      const ada = await joined('ada')
      const bob = await dial('bob')
      await bob.heard('socket.opened')
      bob.send({ type: 'socket.join' })
      await bob.heard('socket.refused')
      const late = await dial('late')
      await late.heard('socket.opened')
      const [refused] = bob.of('socket.refused')
      insistSame([refused?.fault, refused?.final], ['signaling-full', false], 'refusal')
      insistSame([(refused?.retryMs ?? 0) > 0, bob.facts.at(-1) === refused], [true, true], 'a time, and the last word')
      insistSame(peersJoined(ada), [], 'who joined')
    },
  },
]
