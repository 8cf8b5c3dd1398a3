import { insist, insistSame } from '../insist.ts'
import type { Device, SocketCase } from './socket-case.ts'

const UNREACHABLE = { type: 'socket.closed', fault: 'signaling-unreachable' } as const

/** The last word was said, and orders after it change nothing. */
const insistOver = (device: Device, word: unknown): void => {
  const count = device.facts.length
  device.tell('bob', { kind: 'nudge', epoch: 1 })
  device.send({ type: 'socket.join' })
  device.send({ type: 'socket.leave' })
  insistSame([device.facts.at(-1), device.facts.length - count], [word, 0], 'last word, and facts after it')
  insistSame(device.of('socket.closed').length + device.of('socket.refused').length, 1, 'last words')
}

export const socketEndCases: readonly SocketCase[] = [
  {
    id: 'SOCKET-15',
    says: 'the death of the server is told once to each device, and ends the attempt',
    check: async ({ joined, server }) => {
      const devices = [await joined('ada'), await joined('bob')]
      await server.die()
      for (const device of devices) {
        await device.heard('socket.closed')
        insistOver(device, UNREACHABLE)
      }
    },
  },
  {
    id: 'SOCKET-16',
    says: 'where no server is, that is all one is told',
    check: async ({ dial, server }) => {
      await server.die()
      const ada = await dial('ada')
      await ada.heard('socket.closed')
      insistSame(ada.facts, [UNREACHABLE], 'facts')
      insistOver(ada, UNREACHABLE)
    },
  },
  {
    id: 'SOCKET-17',
    says: 'what is no address is refused for good, at once',
    check: async ({ dial }) => {
      for (const url of ['ws://', 'ftp://host/', 'ws://host:port']) {
        const ada = await dial('ada', { url })
        await ada.heard('socket.refused')
        insistOver(ada, { type: 'socket.refused', fault: 'signaling-url', final: true, retryMs: 0 })
      }
    },
  },
  {
    id: 'SOCKET-18',
    says: 'a stop is final: nothing is told, whatever was under way; the others get on without it',
    check: async ({ joined, dial }) => {
      const [ada, bob, cleo] = [await joined('ada'), await joined('bob'), await joined('cleo')]
      await ada.heard('socket.peerJoined', 2)
      const dialing = await dial('dan')
      dialing.stop()
      for (let i = 1; i <= 5; i++) bob.tell('ada', { kind: 'nudge', epoch: i })
      ada.stop()
      const count = ada.facts.length
      await bob.heard('socket.peerLeft')
      bob.tell('cleo', { kind: 'nudge', epoch: 9 })
      await cleo.heard('socket.signal')
      insistSame([ada.facts.length - count, dialing.facts], [0, []], 'facts after the stop')
    },
  },
  {
    id: 'SOCKET-19',
    says: 'a server that restarts says when to come back, then closes',
    needs: 'drain',
    check: async ({ joined, server }) => {
      const ada = await joined('ada')
      await server.drain?.()
      await ada.heard('socket.closed')
      const draining = ada.of('socket.draining')
      insistSame(
        ada.facts.slice(2).map(({ type }) => type),
        ['socket.draining', 'socket.closed'],
        'facts',
      )
      insist((draining[0]?.retryMs ?? 0) > 0, 'no time was told')
      insistOver(ada, UNREACHABLE)
    },
  },
]
