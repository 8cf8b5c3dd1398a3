import { LIMITS } from '#model/limits'
import type { SocketTrust } from '#trust/socket-trust.types'
import { insistSame } from '../insist.ts'
import { type Device, ROOM, type SocketCase } from './socket-case.ts'

const REFUSED = { type: 'socket.refused', fault: 'signaling-unproven', final: true, retryMs: 0 } as const

const numbersHeard = (device: Device): readonly number[] =>
  device.of('socket.signal').flatMap(({ signal }) => ('epoch' in signal ? signal.epoch : []))

/** Dials, asks to be let in, and hears that it is not. */
const insistRefused = async (device: Device): Promise<void> => {
  await device.heard('socket.opened')
  device.send({ type: 'socket.join' })
  await device.heard('socket.refused')
  insistSame(device.facts, [{ type: 'socket.opened' }, REFUSED], 'facts')
}

/** Keys whose boxes are noted. */
const noting =
  (boxes: string[]) =>
  (own: SocketTrust): SocketTrust => ({
    ...own,
    seal: async (to, plain) => {
      const box = await own.seal(to, plain)
      boxes.push(box)
      return box
    },
  })

export const trustCases: readonly SocketCase[] = [
  {
    id: 'SOCKET-20',
    says: 'who does not have the room’s key is refused for good, in words of its own, and nobody hears of it',
    check: async ({ dial, joined, cast }) => {
      const ada = await joined('ada')
      const stranger = await cast.enter('mallory', 'another room')
      const mallory = await dial('mallory', { trust: (own) => ({ ...own, prove: stranger.trust.prove }) })
      await insistRefused(mallory)
      await joined('cleo')
      await ada.heard('socket.peerJoined')
      insistSame(ada.facts.slice(2), [{ type: 'socket.peerJoined', peerId: 'cleo' }], 'told to the one in the room')
    },
  },
  {
    id: 'SOCKET-21',
    says: 'nor is anybody let in as another device: the one that is in stays in',
    check: async ({ dial, joined, cast }) => {
      const [ada, bob] = [await joined('ada'), await joined('bob')]
      await insistRefused(await dial('mallory', { peerId: cast.idOf('ada') }))
      bob.tell('ada', { kind: 'nudge', epoch: 1 })
      await ada.heard('socket.signal')
      insistSame([ada.of('socket.refused'), bob.of('socket.peerLeft')], [[], []], 'what it cost them')
    },
  },
  {
    id: 'SOCKET-22',
    says: 'a signal that the server says again, or as if of somebody else, is not heard, and costs nothing',
    needs: 'lie',
    check: async ({ joined, server, cast }) => {
      const boxes: string[] = []
      const ada = await joined('ada', ROOM, { trust: noting(boxes) })
      const [bob, cleo] = [await joined('bob'), await joined('cleo')]
      ada.tell('bob', { kind: 'nudge', epoch: 1 })
      await bob.heard('socket.signal')
      for (let id = 0; id <= LIMITS.malformedPerSocket; id++)
        for (const from of ['ada', 'bob', 'cleo'])
          for (const box of boxes) await server.lie?.(JSON.stringify({ t: 'signal', from: cast.idOf(from), id, box }))
      for (const to of ['bob', 'cleo']) ada.tell(to, { kind: 'nudge', epoch: 2 })
      await bob.heard('socket.signal', 2)
      await cleo.heard('socket.signal')
      insistSame([ada, bob, cleo].map(numbersHeard), [[], [1, 2], [2]], 'signals heard')
      const others = [ada, bob, cleo].flatMap((device) => [
        ...device.of('socket.malformed'),
        ...device.of('socket.closed'),
      ])
      insistSame(others, [], 'what it cost them')
    },
  },
  {
    id: 'SOCKET-23',
    says: 'signals keep their order, however long one of them takes to be sealed or opened',
    check: async ({ joined }) => {
      const held = Promise.withResolvers<void>()
      let sealed = 0
      const slow = (own: SocketTrust): SocketTrust => ({
        ...own,
        seal: async (to, plain) => {
          const isFirst = ++sealed === 1
          if (sealed === 3) held.resolve()
          if (isFirst) await held.promise
          return own.seal(to, plain)
        },
      })
      const [ada, bob] = [await joined('ada', ROOM, { trust: slow }), await joined('bob')]
      for (let epoch = 1; epoch <= 3; epoch++) ada.tell('bob', { kind: 'nudge', epoch })
      await bob.heard('socket.signal', 3)
      insistSame(numbersHeard(bob), [1, 2, 3], 'order')
    },
  },
  {
    id: 'SOCKET-24',
    says: 'who stops while its proof is made is in no room, and is told nothing',
    check: async ({ dial, joined, until }) => {
      const held = Promise.withResolvers<void>()
      let isAsked = false
      const slow = (own: SocketTrust): SocketTrust => ({
        ...own,
        prove: async (claim) => {
          isAsked = true
          await held.promise
          return own.prove(claim)
        },
      })
      const ada = await dial('ada', { trust: slow })
      await ada.heard('socket.opened')
      ada.send({ type: 'socket.join' })
      await until('the proof is asked for', () => isAsked)
      ada.stop()
      held.resolve()
      const bob = await joined('bob')
      insistSame(
        [ada.facts, bob.facts.at(-1)],
        [[{ type: 'socket.opened' }], { type: 'socket.joined', peers: [] }],
        'facts',
      )
    },
  },
]
