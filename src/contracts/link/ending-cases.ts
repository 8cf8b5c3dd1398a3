import { insist, insistSame } from '../insist.ts'
import { noise } from '../noise.ts'
import { sessionText } from '#wire/session-signal'
import { SOME_SESSION } from '../some-session.ts'
import { CONN_ID, type LinkEnd } from './link-end.ts'
import type { LinkCase, LinkPair } from './link-pair.ts'

const CLOSED = { type: 'link.closed' } as const
const bye = (end: LinkEnd): void => end.send({ type: 'transport.say', message: { kind: 'bye', reason: 'stopped' } })

/** Every order that an end could still be given. */
const orderAll = (end: LinkEnd): void => {
  bye(end)
  end.send({ type: 'transport.restartIce' })
  end.send({
    type: 'transport.signal',
    signal: { kind: 'offer', connId: CONN_ID, epoch: 1, session: sessionText(SOME_SESSION) },
  })
  end.transmit(noise(100, 1))
}

const other = (pair: LinkPair, end: LinkEnd): LinkEnd => (end === pair.dialer ? pair.answerer : pair.dialer)

/** The last word was said, and orders after it change nothing. */
const insistOver = (end: LinkEnd, word: unknown): void => {
  const count = end.facts.length
  orderAll(end)
  insistSame(end.facts.at(-1), word, `last word of the ${end.role}`)
  insistSame(end.facts.length, count, `facts of the ${end.role} after its last word`)
  const words = end.of('link.closed').length + end.of('link.failed').length
  insistSame(words, 1, `last words of the ${end.role}`)
}

export const endingCases: readonly LinkCase[] = [
  {
    id: 'LINK-18',
    says: 'an end that stops is told as closed to the other, once, and after that word there is none',
    check: async (pair) => {
      await pair.opened()
      pair.answerer.stop()
      await pair.until('the dialer hears of it', () => pair.dialer.of('link.closed').length > 0)
      insistOver(pair.dialer, CLOSED)
      pair.dialer.stop()
      insistSame(pair.dialer.depot.bytes, 0, 'bytes left in the depot')
    },
  },
  {
    id: 'LINK-19',
    says: 'a goodbye said just before the stop arrives, even behind bulk, from either end',
    check: async (pair) => {
      await pair.opened()
      const [leaving] = pair.ends
      const staying = other(pair, leaving)
      for (let i = 1; i <= 4; i++) leaving.transmit(noise(200_000, i))
      bye(leaving)
      leaving.stop()
      await pair.until('the other end is told', () => staying.of('link.closed').length > 0)
      insistSame(
        staying.of('link.said').map(({ message }) => message),
        [{ kind: 'bye', reason: 'stopped' }],
        'what was said',
      )
      insistOver(staying, CLOSED)
    },
  },
  {
    id: 'LINK-20',
    says: 'a stop is final and frees all: no fact, no byte, whatever was half sent or undigested',
    check: async (pair) => {
      await pair.opened()
      const { dialer, answerer, until } = pair
      answerer.digest(false)
      for (const end of pair.ends) for (let i = 1; i <= 4; i++) end.transmit(noise(200_000, i))
      await until('both are busy', () => pair.ends.every((end) => end.of('link.chunk').length > 0))
      insist(answerer.depot.bytes > 0, 'nothing rests in the depot')
      answerer.stop()
      const count = answerer.facts.length
      insistSame(answerer.depot.bytes, 0, 'bytes left in the depot')
      await until('the dialer hears of it', () => dialer.of('link.closed').length > 0)
      insistSame([answerer.facts.length - count, answerer.depot.bytes], [0, 0], 'facts and bytes after the stop')
      dialer.stop()
      insistSame(dialer.depot.bytes, 0, 'bytes left in the dialer’s depot')
    },
  },
  {
    id: 'LINK-21',
    says: 'an attempt that is stopped before it opened is gone without a word',
    carry: () => () => [],
    check: async ({ dialer, answerer, until }) => {
      await until('the offer is made', () => dialer.of('link.signal').length > 0)
      for (const end of [dialer, answerer]) end.stop()
      const counts = [dialer.facts.length, answerer.facts.length]
      for (const end of [dialer, answerer]) bye(end)
      insistSame(answerer.facts, [], 'facts of the answerer')
      insistSame([dialer.facts.length, answerer.facts.length], counts, 'facts after the stop')
      insistSame(dialer.of('link.failed'), [], 'failures')
    },
  },
  {
    id: 'LINK-22',
    says: 'of both ends, stopped at once or one after the other, no connection is left',
    needs: 'connections',
    check: async (pair) => {
      await pair.opened()
      insistSame(pair.places.connections?.(), 2, 'connections while the link is open')
      bye(pair.dialer)
      for (const end of pair.ends) end.stop()
      await pair.until('both are closed', () => pair.places.connections?.() === 0)
    },
  },
  {
    id: 'LINK-23',
    says: 'a ticket without bytes is a fault of ours: the link fails as internal, once',
    check: async (pair) => {
      await pair.opened()
      const { dialer } = pair
      dialer.send({ type: 'transport.send', ticket: 'none', kind: 'entries', channel: 'bulk', priority: 1 })
      await pair.until('it failed', () => dialer.of('link.failed').length > 0)
      insistOver(dialer, { type: 'link.failed', fault: 'internal' })
    },
  },
]
