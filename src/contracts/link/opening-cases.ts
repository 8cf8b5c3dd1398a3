import type { Signal } from '#wire/signal'
import { insist, insistSame } from '../insist.ts'
import { CONN_ID, EPOCHS, type LinkEnd } from './link-end.ts'
import type { Carry, LinkCase } from './link-pair.ts'

const signalsOf = (end: LinkEnd): readonly Signal[] => end.of('link.signal').map(({ signal }) => signal)

/** Opened once, and nothing went wrong. */
const insistClean = (end: LinkEnd): void => {
  const [opened, failed, closed, refused] = (
    ['link.opened', 'link.failed', 'link.closed', 'link.refused'] as const
  ).map((type) => end.of(type).length)
  insistSame({ opened, failed, closed, refused }, { opened: 1, failed: 0, closed: 0, refused: 0 }, end.role)
}

/** Holds descriptions back until a candidate of the same end has gone ahead. */
const candidatesFirst = (): Carry => {
  const held: Signal[] = []
  return (signal, from) => {
    if (from === 'answerer') return [signal]
    if (signal.kind === 'offer') {
      held.push(signal)
      return []
    }
    return [signal, ...held.splice(0)]
  }
}

export const openingCases: readonly LinkCase[] = [
  {
    id: 'LINK-1',
    says: 'both ends tell once that the link is open, and then it works',
    check: async (pair) => {
      await pair.opened()
      await pair.works()
      pair.ends.forEach(insistClean)
    },
  },
  {
    id: 'LINK-2',
    says: 'the dialer offers, the answerer answers; every signal names its attempt, every description the epoch',
    check: async (pair) => {
      await pair.opened()
      for (const [end, kind] of [
        [pair.dialer, 'offer'],
        [pair.answerer, 'answer'],
      ] as const) {
        const signals = signalsOf(end)
        const described = signals.filter((signal) => 'session' in signal)
        insistSame(signals[0]?.kind, kind, `first signal of the ${end.role}`)
        insistSame([...new Set(described.map((signal) => signal.kind))], [kind], `descriptions of the ${end.role}`)
        insistSame([...new Set(described.map(({ epoch }) => epoch))], [EPOCHS[end.role]], `epoch of the ${end.role}`)
        insist(
          signals.every((signal) => 'connId' in signal && signal.connId === CONN_ID),
          `a signal of the ${end.role} names another attempt`,
        )
      }
    },
  },
  {
    id: 'LINK-3',
    says: 'signals of another attempt, and nudges, are ignored, before the link is open and after',
    carry: () => (signal) => [{ ...signal, connId: 'attempt-0' } as Signal, { kind: 'nudge', epoch: 1 }, signal],
    check: async (pair) => {
      await pair.opened()
      for (const [end, other] of [
        [pair.dialer, pair.answerer],
        [pair.answerer, pair.dialer],
      ] as const)
        for (const signal of signalsOf(other))
          end.send({ type: 'transport.signal', signal: { ...signal, connId: 'attempt-2' } as Signal })
      await pair.works()
      pair.ends.forEach(insistClean)
    },
  },
  {
    id: 'LINK-4',
    says: 'signals of another attempt alone bring nothing about',
    carry: () => (signal, from) => (from === 'dialer' ? [{ ...signal, connId: 'attempt-0' } as Signal] : [signal]),
    check: async ({ dialer, answerer, until }) => {
      await until('the dialer made its offer', () => signalsOf(dialer).some(({ kind }) => kind === 'offer'))
      // Whoever takes the alien offer for a sign to begin would answer garbage of the right attempt with a fault.
      answerer.send({
        type: 'transport.signal',
        signal: { kind: 'offer', connId: CONN_ID, epoch: 1, session: 'garbage' },
      })
      await until('the answerer gave up', () => answerer.facts.length > 0)
      insistSame(answerer.facts, [{ type: 'link.failed', fault: 'link-failed' }], 'facts of the answerer')
    },
  },
  {
    id: 'LINK-5',
    says: 'candidates that overtake their description still connect',
    needs: 'trickle',
    carry: candidatesFirst,
    check: async (pair) => {
      await pair.opened()
      await pair.works()
      pair.ends.forEach(insistClean)
    },
  },
  {
    id: 'LINK-6',
    says: 'signals that come twice open one link',
    carry: () => (signal) => [signal, signal],
    check: async (pair) => {
      await pair.opened()
      await pair.works()
      pair.ends.forEach(insistClean)
    },
  },
  {
    id: 'LINK-7',
    says: 'a broken description ends an attempt that never opened as link-failed, told once',
    carry: () => (signal) => [signal.kind === 'answer' ? { ...signal, session: 'v=0\r\ngarbage' } : signal],
    check: async (pair) => {
      const { dialer, until } = pair
      await until('the dialer gave up', () => dialer.of('link.failed').length > 0)
      dialer.send({ type: 'transport.say', message: { kind: 'ping', id: 1 } })
      dialer.send({ type: 'transport.restartIce' })
      insistSame(dialer.facts.at(-1), { type: 'link.failed', fault: 'link-failed' }, 'last word')
      insistSame(dialer.of('link.failed').length, 1, 'times it was told')
      insistSame(dialer.of('link.opened').length, 0, 'times it was open')
    },
  },
]
