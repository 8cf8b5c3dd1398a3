import { LIMITS } from '#model/limits'
import { encodeCandidate } from '#wire/candidate-signal'
import type { SessionFields } from '#wire/session'
import { sessionText } from '#wire/session-signal'
import type { Signal } from '#wire/signal'
import { insist, insistSame } from '../insist.ts'
import { SOME_CANDIDATE, SOME_SESSION } from '../some-session.ts'
import type { Device, SocketCase } from './socket-case.ts'

const LARGEST_ANSWER: SessionFields = {
  ...SOME_SESSION,
  setup: 'active',
  candidates: Array.from({ length: LIMITS.candidatesPerDescription }, (_, i) => ({ ...SOME_CANDIDATE, port: i + 1 })),
}
const SIGNALS: readonly Signal[] = [
  { kind: 'offer', connId: 'é€😀', epoch: 1_700_000_000_000, session: sessionText(SOME_SESSION) },
  { kind: 'answer', connId: 'c-1', epoch: 0, session: sessionText(LARGEST_ANSWER) },
  { kind: 'candidate', connId: 'c-1', candidate: encodeCandidate({ ufrag: 'OpDk', candidate: SOME_CANDIDATE }) },
  { kind: 'nudge', epoch: 5 },
]
const numbered = (epoch: number): Signal => ({ kind: 'nudge', epoch })
/** The one is refused by itself, for the other a server ends the connection. */
const OVERSIZED = [LIMITS.signalBytes, 2 * LIMITS.signalingFrameBytes].map(
  (length): Signal => ({ kind: 'offer', connId: 'c', epoch: 1, session: 'x'.repeat(length) }),
)

const heardBy = (device: Device) => device.of('socket.signal').map(({ from, signal }) => ({ from, signal }))

/** More than the server takes at once, fewer than a socket keeps waiting. */
const MANY = 600

export const relayCases: readonly SocketCase[] = [
  {
    id: 'SOCKET-8',
    says: 'signals of every kind arrive as they were sent, with the right sender, at the one they are for',
    check: async ({ joined }) => {
      const [ada, bob, cleo] = [await joined('ada'), await joined('bob'), await joined('cleo')]
      for (const signal of SIGNALS) ada.tell('bob', signal)
      for (const signal of SIGNALS.toReversed()) bob.tell('ada', signal)
      await bob.heard('socket.signal', SIGNALS.length)
      await ada.heard('socket.signal', SIGNALS.length)
      insistSame(
        heardBy(bob),
        SIGNALS.map((signal) => ({ from: 'ada', signal })),
        'signals at bob',
      )
      insistSame(
        heardBy(ada),
        SIGNALS.toReversed().map((signal) => ({ from: 'bob', signal })),
        'signals at ada',
      )
      insistSame(heardBy(cleo), [], 'signals at one they were not for')
    },
  },
  {
    id: 'SOCKET-9',
    says: 'signals from several devices arrive each in the order they were sent',
    check: async ({ joined }) => {
      const [ada, bob, cleo] = [await joined('ada'), await joined('bob'), await joined('cleo')]
      for (let i = 1; i <= 10; i++) for (const device of [ada, bob]) device.tell('cleo', numbered(i))
      await cleo.heard('socket.signal', 20)
      for (const name of ['ada', 'bob']) {
        const epochs = heardBy(cleo).flatMap(({ from, signal }) =>
          from === name && 'epoch' in signal ? signal.epoch : [],
        )
        insistSame(epochs, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], `order of ${name}`)
      }
    },
  },
  {
    id: 'SOCKET-10',
    says: 'a signal for nobody is told by the name of the one it was for, and costs nothing else',
    check: async ({ joined }) => {
      const [ada, bob] = [await joined('ada'), await joined('bob')]
      bob.send({ type: 'socket.leave' })
      await ada.heard('socket.peerLeft')
      ada.tell('never-there', numbered(1))
      ada.tell('bob', numbered(2))
      await ada.heard('socket.peerGone', 2)
      insistSame(
        ada.of('socket.peerGone').map(({ peerId }) => peerId),
        ['never-there', 'bob'],
        'who is gone',
      )
      const cleo = await joined('cleo')
      ada.tell('cleo', numbered(3))
      await cleo.heard('socket.signal')
      insistSame([ada.of('socket.malformed'), ada.of('socket.closed')], [[], []], 'damage')
    },
  },
  {
    id: 'SOCKET-11',
    says: 'a signal too large to carry is told as undelivered, and the connection stays',
    check: async ({ joined }) => {
      const [ada, bob] = [await joined('ada'), await joined('bob')]
      for (const signal of OVERSIZED) ada.tell('bob', signal)
      await ada.heard('socket.peerGone', OVERSIZED.length)
      insistSame(new Set(ada.of('socket.peerGone').map(({ peerId }) => peerId)).size, 1, 'devices told as gone')
      ada.tell('bob', numbered(2))
      await bob.heard('socket.signal')
      insistSame(heardBy(bob), [{ from: 'ada', signal: numbered(2) }], 'signals at bob')
      insistSame([ada.of('socket.closed'), ada.of('socket.refused')], [[], []], 'ends')
    },
  },
  {
    id: 'SOCKET-12',
    says: 'more than the server takes at once waits its turn: all of it arrives, in order, nobody is refused',
    needs: 'bounds',
    bounds: { perSecond: 200, burst: 400 },
    check: async ({ joined, until }) => {
      const [ada, bob] = [await joined('ada'), await joined('bob')]
      for (let i = 1; i <= MANY; i++) ada.tell('bob', numbered(i))
      const isRefused = () => ada.of('socket.refused').length > 0
      await until('all arrived', () => isRefused() || bob.of('socket.signal').length >= MANY)
      insistSame(ada.of('socket.refused'), [], 'refusals')
      const epochs = heardBy(bob).flatMap(({ signal }) => ('epoch' in signal ? signal.epoch : []))
      insistSame(
        epochs,
        Array.from({ length: MANY }, (_, i) => i + 1),
        'order',
      )
    },
  },
  {
    id: 'SOCKET-13',
    says: 'more than will ever be taken in time ends the attempt, instead of a queue without end',
    check: async ({ joined, until }) => {
      const ada = await joined('ada')
      for (let i = 1; i <= 2 * LIMITS.signalsPaced; i++) ada.tell('bob', numbered(i))
      await until('the attempt ended', () => ada.of('socket.refused').length > 0)
      const last = ada.facts.at(-1)
      insist(last?.type === 'socket.refused' && last.retryMs > 0 && !last.final, 'it was not refused for now')
    },
  },
  {
    id: 'SOCKET-14',
    says: 'what no honest server says is counted, and the connection goes on',
    needs: 'lie',
    check: async ({ joined, server }) => {
      const [ada, bob] = [await joined('ada'), await joined('bob')]
      const lies = [
        'no JSON',
        '{}',
        '{"t":"joined"}',
        '{"t":"signal","from":"bob","id":-1,"box":"{}"}',
        '['.repeat(10_000),
      ]
      for (const text of lies) await server.lie?.(text)
      await ada.heard('socket.malformed', lies.length)
      ada.tell('bob', numbered(1))
      await bob.heard('socket.signal')
      insistSame(
        [ada.of('socket.malformed').length, ada.of('socket.signal')],
        [lies.length, []],
        'what it made of them',
      )
    },
  },
]
