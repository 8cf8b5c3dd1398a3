import { LIMITS } from '#model/limits'
import { CHUNK_PAYLOAD } from '#wire/chunk'
import { PRIORITY } from '#wire/messages'
import { insist, insistSame } from '../insist.ts'
import { noise } from '../noise.ts'
import { CONN_ID, type LinkEnd } from './link-end.ts'
import type { LinkCase, LinkPair } from './link-pair.ts'

/** A message that fills one chunk. */
const CHUNK = noise(CHUNK_PAYLOAD, 5)
const CHUNKS = 300

/** Beyond what a receiver lets rest, below what it would have to refuse. */
const TOO_MUCH = 96 * LIMITS.batchBytes
const HELD_FROM = LIMITS.peerBytes / 2

interface InFlight {
  most: number
  /** Before the receiver can have said anything. */
  atFirst: number | undefined
}

/** What was handed to the channel and did not come out of it; messages of one chunk are counted whole when sent. */
const bytesInFlight = ({ dialer, answerer }: LinkPair): number =>
  dialer.of('link.sent').length * LIMITS.chunkBytes - answerer.arrived

const seen = new WeakMap<LinkPair, InFlight>()

const look = (pair: LinkPair): void => {
  const so = seen.get(pair) ?? { most: 0, atFirst: undefined }
  seen.set(pair, so)
  so.most = Math.max(so.most, bytesInFlight(pair))
}

const answering = (pair: LinkPair, fact: { readonly type: string; readonly message?: { readonly kind: string } }) => {
  if (fact.type !== 'link.said') return
  const message = fact.message as { readonly kind: string; readonly id: number }
  if (message.kind === 'ping') pair.answerer.send({ type: 'transport.say', message: { kind: 'pong', id: message.id } })
}

/** A ping went to the other end and back: whatever was under way before it has arrived or waits on purpose. */
const roundTrips = async ({ dialer, until }: LinkPair, count: number): Promise<void> => {
  for (let id = 1; id <= count; id++) {
    const before = dialer.of('link.rtt').length
    dialer.send({ type: 'transport.say', message: { kind: 'ping', id } })
    await until('a pong came', () => dialer.of('link.rtt').length > before)
  }
}

const totalOf = (end: LinkEnd): number => end.received.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0)

export const flowCases: readonly LinkCase[] = [
  {
    id: 'LINK-14',
    says: 'no more is under way than the window allows: the first one before a word of the receiver, the largest ever',
    onFact: (pair, role, fact) => {
      if (role === 'dialer' && fact.type === 'link.sent') look(pair)
    },
    onArrival: (pair, role) => {
      const so = seen.get(pair)
      // The frame at hand is counted as arrived already.
      if (role === 'answerer' && so) so.atFirst ??= bytesInFlight(pair) + LIMITS.chunkBytes
    },
    check: async (pair) => {
      await pair.opened()
      for (let i = 0; i < CHUNKS; i++) pair.dialer.transmit(CHUNK)
      await pair.until('all arrived', () => pair.answerer.received.length >= CHUNKS)
      const { most = 0, atFirst = 0 } = seen.get(pair) ?? {}
      insist(atFirst > 0 && atFirst <= LIMITS.creditStartBytes, `${atFirst} bytes under way at first`)
      insist(most <= LIMITS.creditMaxBytes, `${most} bytes under way at most`)
      insistSame(pair.answerer.of('link.refused'), [], 'refusals')
    },
  },
  {
    id: 'LINK-15',
    says: 'a receiver that digests slowly is never overrun: the sender waits, and all arrives in the end',
    onFact: (pair, role, fact) => {
      if (role === 'answerer') answering(pair, fact)
    },
    check: async (pair) => {
      await pair.opened()
      const { dialer, answerer, until } = pair
      answerer.digest(false)
      const batch = noise(LIMITS.batchBytes, 3)
      for (let sent = 0; sent < TOO_MUCH; sent += batch.length) dialer.transmit(batch, { priority: PRIORITY.backfill })
      await until('much of it rests at the receiver', () => answerer.depot.bytesOf(CONN_ID) >= HELD_FROM)
      await roundTrips(pair, 5)
      const resting = answerer.depot.bytesOf(CONN_ID)
      insist(resting <= HELD_FROM + LIMITS.creditMaxBytes, `${resting} bytes rest at the receiver`)
      answerer.digest(true)
      await until('all arrived', () => totalOf(answerer) >= TOO_MUCH)
      insistSame([answerer.of('link.refused'), answerer.depot.bytesOf(CONN_ID)], [[], 0], 'refusals, and bytes left')
    },
  },
  {
    id: 'LINK-16',
    says: 'whoever sends the next batch when told that there is room never stands still',
    check: async (pair) => {
      await pair.opened()
      const { dialer, answerer, until } = pair
      const batches = 12
      for (let i = 1; i <= batches; i++) {
        const before = dialer.of('link.writable').length
        dialer.transmit(noise(i % 2 === 0 ? 1_000 : LIMITS.batchBytes + 1, i))
        await until('there is room for another', () => dialer.of('link.writable').length > before)
      }
      await until('all arrived', () => answerer.received.length >= batches)
      insistSame(answerer.of('link.refused'), [], 'refusals')
    },
  },
  {
    id: 'LINK-33',
    says: 'bytes that nobody will take are forgotten when told so, whole or half received, and the link goes on',
    check: async (pair) => {
      await pair.opened()
      const { dialer, answerer, until } = pair
      answerer.digest(false)
      dialer.transmit(noise(1_000, 1))
      dialer.transmit(noise(1_000_000, 2))
      await until('one is whole, one is not', () => answerer.of('link.chunk').length > 0)
      for (const { ticket } of [...answerer.of('link.message'), ...answerer.of('link.messageOpened')])
        answerer.send({ type: 'transport.drop', ticket })
      answerer.send({ type: 'transport.drop', ticket: 'never there' })
      insistSame(answerer.depot.bytesOf(CONN_ID), 0, 'bytes left in the depot')
      answerer.digest(true)
      await pair.works()
      insistSame([answerer.of('link.refused'), answerer.depot.bytesOf(CONN_ID)], [[], 0], 'refusals, and bytes left')
    },
  },
  {
    id: 'LINK-17',
    says: 'small messages pass a flood of bulk',
    onFact: (pair, role, fact) => {
      if (role === 'answerer') answering(pair, fact)
    },
    check: async (pair) => {
      await pair.opened()
      const batches = 24
      for (let i = 1; i <= batches; i++)
        pair.dialer.transmit(noise(LIMITS.batchBytes, i), { priority: PRIORITY.backfill })
      await roundTrips(pair, 3)
      insist(pair.answerer.received.length < batches, 'all of the bulk was there before three pongs')
      await pair.until('all arrived', () => pair.answerer.received.length >= batches)
    },
  },
]
