import { CHUNK_PAYLOAD, chunkCount } from '#wire/chunk'
import { type ByeReason, type Hello, PRIORITY, type Ping, type Pong } from '#wire/messages'
import { insist, insistSame, sameBytes } from '../insist.ts'
import { noise } from '../noise.ts'
import { CONN_ID, type LinkEnd } from './link-end.ts'
import type { LinkCase, LinkPair } from './link-pair.ts'

const HELLO: Hello = {
  kind: 'hello',
  protocol: 1,
  peerId: 'dialer',
  epoch: 1_700_000_000_000,
  digest: '0123456789abcdef',
  cookie: 'fedcba9876543210',
  nonce: 'A'.repeat(22),
  pub: 'B'.repeat(42) + 'A',
}
const ping = (id: number): Ping => ({ kind: 'ping', id })
const pong = (id: number): Pong => ({ kind: 'pong', id })
const saidTo = (end: LinkEnd) => end.of('link.said').map(({ message }) => message)

/** None, one byte, around one chunk, around two, many, a megabyte. */
const SIZES = [0, 1, CHUNK_PAYLOAD - 1, CHUNK_PAYLOAD, CHUNK_PAYLOAD + 1, 2 * CHUNK_PAYLOAD, 100_000, 1_048_576]

/** What the facts say of messages: `opened` with a total, and then its further chunks, or one fact for all. */
const insistCounted = (end: LinkEnd, sizes: readonly number[]): void => {
  const chunks = sizes.map(chunkCount)
  const ofOne = chunks.filter((total) => total === 1).length
  const ofMany = chunks.filter((total) => total > 1)
  insistSame(end.of('link.message').length, ofOne, `messages of one chunk at the ${end.role}`)
  insistSame(
    end.of('link.messageOpened').map(({ total }) => total),
    ofMany,
    `chunks of the larger messages at the ${end.role}`,
  )
  const further = ofMany.reduce((sum, total) => sum + total - 1, 0)
  insistSame(end.of('link.chunk').length, further, `further chunks at the ${end.role}`)
}

const insistReceived = (end: LinkEnd, sent: readonly Uint8Array[]): void => {
  insistSame(end.received.length, sent.length, `messages at the ${end.role}`)
  sent.forEach((bytes, i) => {
    const found = end.received[i]
    insist(
      found?.kind === 'entries' && sameBytes(found.bytes, bytes),
      `message ${i} of ${bytes.length} bytes came to the ${end.role} as ${found?.bytes?.length} bytes of ${found?.kind}`,
    )
  })
}

const arrived = ({ until, ends }: LinkPair, count: number): Promise<void> =>
  until(`${count} messages are there on both ends`, () => ends.every(({ received }) => received.length >= count))

export const messageCases: readonly LinkCase[] = [
  {
    id: 'LINK-8',
    says: 'small messages arrive as they were said, each once, in order',
    check: async (pair) => {
      await pair.opened()
      const { dialer, answerer, until } = pair
      const reasons: readonly ByeReason[] = ['refused', 'redial', 'stopped']
      const messages = [
        HELLO,
        ...Array.from({ length: 50 }, (_, id) => (id % 2 === 0 ? ping(id) : pong(4_294_967_295 - id))),
        ...reasons.map((reason) => ({ kind: 'bye' as const, reason })),
      ]
      for (const message of messages) dialer.send({ type: 'transport.say', message })
      await until('all arrived', () => saidTo(answerer).length >= messages.length)
      insistSame(saidTo(answerer), messages, 'what the answerer heard')
      insistSame(saidTo(dialer), [], 'what the dialer heard')
    },
  },
  {
    id: 'LINK-9',
    says: 'messages of every size arrive whole, in order, counted by their chunks, both ways at once',
    check: async (pair) => {
      await pair.opened()
      const sent = SIZES.map((size) => noise(size, size + 1))
      for (const end of pair.ends) for (const bytes of sent) end.transmit(bytes)
      await arrived(pair, sent.length)
      for (const end of pair.ends) {
        insistReceived(end, sent)
        insistCounted(end, SIZES)
        insistSame([end.of('link.refused'), end.depot.bytesOf(CONN_ID)], [[], 0], 'refusals, and bytes left')
      }
    },
  },
  {
    id: 'LINK-10',
    says: 'what can be packed small arrives as it was, on either channel',
    check: async (pair) => {
      await pair.opened()
      const sent = [50_000, 250_000].map((size) => new Uint8Array(size).fill(size / 50_000))
      for (const bytes of sent) pair.dialer.transmit(bytes, { channel: 'ctl' })
      for (const bytes of sent) pair.answerer.transmit(bytes)
      await arrived(pair, sent.length)
      for (const end of pair.ends) insistReceived(end, sent)
    },
  },
  {
    id: 'LINK-11',
    says: 'every ticket is told sent exactly once, in order, and its bytes have left the depot',
    check: async (pair) => {
      await pair.opened()
      const { dialer, until } = pair
      const tickets = Array.from({ length: 12 }, (_, i) => dialer.transmit(noise(1 + i * 9_000, i + 1)))
      await until('all are sent', () => dialer.of('link.sent').length >= tickets.length)
      insistSame(
        dialer.of('link.sent').map(({ ticket }) => ticket),
        tickets,
        'tickets told as sent',
      )
      insistSame(dialer.depot.bytesOf(CONN_ID), 0, 'bytes left in the sender’s depot')
      await until('all arrived', () => pair.answerer.received.length >= tickets.length)
      insistSame(dialer.of('link.sent').length, tickets.length, 'tickets told as sent, later on')
    },
  },
  {
    id: 'LINK-12',
    says: 'an urgent message overtakes one that is under way, and both arrive whole',
    check: async (pair) => {
      await pair.opened()
      const { dialer, answerer, until } = pair
      const [slow, urgent] = [noise(2_000_000, 1), noise(400_000, 2)]
      dialer.transmit(slow, { priority: PRIORITY.backfill })
      await until('the slow one is under way', () => answerer.of('link.chunk').length > 0)
      dialer.transmit(urgent, { priority: PRIORITY.live })
      await until('both arrived', () => answerer.received.length >= 2)
      insistReceived(answerer, [urgent, slow])
    },
  },
  {
    id: 'LINK-13',
    says: 'a pong measures the round trip of its ping, once, and only of one that was asked',
    onFact: (pair, role, fact) => {
      if (role !== 'answerer' || fact.type !== 'link.said' || fact.message.kind !== 'ping') return
      for (const id of [fact.message.id, fact.message.id, 999])
        pair.answerer.send({ type: 'transport.say', message: pong(id) })
    },
    check: async (pair) => {
      await pair.opened()
      const { dialer, answerer, until } = pair
      for (const id of [1, 2, 3]) dialer.send({ type: 'transport.say', message: ping(id) })
      await until('nine pongs came', () => saidTo(dialer).length >= 9)
      insistSame(dialer.of('link.rtt').length, 3, 'round trips told')
      insist(
        dialer.of('link.rtt').every(({ ms }) => Number.isFinite(ms) && ms >= 0),
        `a round trip of ${dialer
          .of('link.rtt')
          .map(({ ms }) => ms)
          .join(', ')} ms`,
      )
      insistSame(answerer.of('link.rtt').length, 0, 'round trips told by who asked nothing')
      for (const end of pair.ends) insist(end.of('link.heard').length > 0, `the ${end.role} never told a sign of life`)
    },
  },
]
