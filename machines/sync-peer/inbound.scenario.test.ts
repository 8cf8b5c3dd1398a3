import { describe, expect, test } from 'vitest'
import { createPeerPair, type PeerPair } from '../../tests/support/peer-pair.ts'
import { TIMINGS } from '../kit/timings.ts'
import { AUTH, HELLO_KEYS, OPENED } from '../../tests/support/hello-keys.ts'

/** Two devices that see each other in the roster, and are linked. */
const connected = () => {
  const pair = createPeerPair()
  for (const side of [pair.a, pair.b]) side.send({ type: 'peer.present' })
  pair.settle()
  return pair
}
const said = (pair: PeerPair, kind: string) =>
  pair.a.ends
    .flatMap(({ commands }) => commands)
    .filter((it) => it.type === 'transport.say' && it.message.kind === kind)

describe('what is refused', () => {
  const HELLO = {
    kind: 'hello',
    protocol: 1,
    peerId: 'b',
    epoch: 1_000,
    digest: '',
    cookie: '',
    ...HELLO_KEYS,
  } as const
  /** Up to the greeting, by hand, with nobody on the other side. */
  const greeting = () => {
    const pair = createPeerPair()
    pair.a.send({ type: 'peer.present' })
    const answer = { kind: 'answer', connId: 'a.b.1000.0.1', epoch: 1_000, session: 'AQ' } as const
    pair.a.send({ type: 'peer.signaled', signal: answer })
    pair.a.send(OPENED)
    return pair
  }

  test('bytes of another version are refused at once: a second try would say the same', () => {
    const pair = greeting()
    pair.a.send({ type: 'link.refused', fault: 'wire-version', count: 1 })
    expect(pair.a.view()).toMatchObject({ state: 'refused', fault: 'wire-version' })
  })

  test('entries that overtake a hello are asked for again once it is here, and after it was handed on', () => {
    const pair = greeting()
    pair.a.send({ type: 'link.message', ticket: 't-1', kind: 'entries' })
    pair.a.send({ type: 'link.messageOpened', msgId: 2, ticket: 't-2', kind: 'entries', total: 3 })
    expect(pair.a.replicated).toEqual([])
    const dropped = pair.a.ends.flatMap(({ commands }) => commands).filter(({ type }) => type === 'transport.drop')
    expect(dropped).toEqual(['t-1', 't-2'].map((ticket) => ({ type: 'transport.drop', ticket })))
    pair.a.send({ type: 'link.said', message: HELLO })
    expect(pair.a.replicated).toEqual([])
    pair.a.send({ type: 'link.said', message: AUTH })
    expect(pair.a.view().state).toBe('connected')
    expect(pair.a.replicated).toEqual([{ type: 'replicator.greeted', hello: HELLO }, { type: 'replicator.askAgain' }])
  })

  test('entries that overtake a hello that never comes are forgotten with the link', () => {
    const pair = greeting()
    pair.a.send({ type: 'link.messageOpened', msgId: 1, ticket: 't-1', kind: 'entries', total: 3 })
    pair.a.send({ type: 'link.closed' })
    expect(pair.a.view().inbound).toBe('closed.quiet')
  })

  test.each([
    ['another protocol', { ...HELLO, protocol: 2 }, 'wire-version'],
    ['another device', { ...HELLO, peerId: 'mallory' }, 'peer-mismatch'],
  ] as const)('%s is refused, told so, and left alone', (_, hello, fault) => {
    const pair = greeting()
    pair.a.send({ type: 'link.said', message: hello })
    expect(pair.a.view()).toMatchObject({ state: 'refused', fault })
    expect(said(pair, 'bye')).toEqual([{ type: 'transport.say', message: { kind: 'bye', reason: 'refused' } }])
    expect(pair.a.reports.at(-1)).toEqual({ type: 'peer.refused', peerId: 'b', fault })
    pair.pass(TIMINGS.proven)
    pair.a.send({ type: 'peer.signaled', signal: { kind: 'nudge', epoch: 1_000 } })
    expect(pair.a.ends).toHaveLength(1)
    pair.a.send({ type: 'peer.signaled', signal: { kind: 'nudge', epoch: 1_001 } })
    expect(pair.a.ends).toHaveLength(2)
  })

  test('the third refusal of what came by signals closes the link, and is held against nobody', () => {
    const pair = connected()
    for (const count of [1, 2]) pair.a.send({ type: 'link.refused', fault: 'wire-malformed', count })
    expect(pair.a.view().state).toBe('connected')
    pair.a.send({ type: 'link.refused', fault: 'wire-limit', count: 3 })
    expect(pair.a.view()).toMatchObject({ state: 'refused', link: 'refused', fault: 'wire-limit' })
    pair.settle()
    expect(pair.b.view()).toMatchObject({ state: 'refused', fault: 'link-closed' })
  })
})

describe('entries', () => {
  const packs = (pair: PeerPair) => pair.a.replicated.filter(({ type }) => type === 'replicator.pack').length

  test('our own go at once, those of others are held a moment', () => {
    const pair = connected()
    pair.a.send({ type: 'replicator.news', urgency: 'own' })
    expect(packs(pair)).toBe(1)
    pair.a.send({ type: 'replicator.news', urgency: 'relayed' })
    pair.clock.increment(TIMINGS.relayHold - 1)
    expect(packs(pair)).toBe(1)
    pair.clock.increment(1)
    expect(packs(pair)).toBe(2)
  })

  test('a message of several chunks is taken whole, and given up when the rest never comes', () => {
    const pair = connected()
    const message = { type: 'link.messageOpened', ticket: 't-1', kind: 'entries', total: 2 } as const
    pair.a.send({ ...message, msgId: 1 })
    pair.a.send({ type: 'link.chunk', msgId: 1 })
    pair.a.send({ type: 'link.chunk', msgId: 77 })
    expect(pair.a.replicated.at(-1)).toEqual({ type: 'replicator.take', ticket: 't-1', kind: 'entries' })
    pair.a.send({ ...message, msgId: 2, ticket: 't-2' })
    pair.pass(TIMINGS.stallCheck + TIMINGS.stalledLimit + TIMINGS.stallCheck)
    expect(pair.a.replicated.at(-1)).toEqual({ type: 'replicator.askAgain', abandoned: 't-2' })
    expect(pair.a.snapshot().context.receiving).toEqual([])
  })

  test('what there was no room for in memory is asked for again, ever less often, and held against nobody', () => {
    const pair = connected()
    const asked = () => pair.a.replicated.filter(({ type }) => type === 'replicator.askAgain').length
    for (let i = 1; i <= 5; i++) pair.a.send({ type: 'link.refused', fault: 'depot-full', count: i })
    expect([pair.a.view().state, pair.a.view().inbound, asked()]).toEqual(['connected', 'listening.storageBlocked', 0])
    pair.clock.increment(TIMINGS.storageRetry)
    expect([pair.a.view().inbound, asked()]).toEqual(['listening.ready', 1])
    pair.a.send({ type: 'link.refused', fault: 'depot-full', count: 6 })
    pair.clock.increment(2 * TIMINGS.storageRetry - 1)
    expect(asked()).toBe(1)
    expect(pair.a.snapshot().context).toMatchObject({ strikes: 0, refusals: 0 })
  })

  test('after our storage refused, the message is asked for again', () => {
    const pair = connected()
    pair.a.send({ type: 'replicator.storageFailed', fault: 'storage-full' })
    expect(pair.a.view().inbound).toBe('listening.storageBlocked')
    pair.clock.increment(TIMINGS.storageRetry)
    expect(pair.a.replicated.at(-1)).toEqual({ type: 'replicator.askAgain' })
    expect(pair.a.view().inbound).toBe('listening.ready')
  })

  test('a storage that keeps refusing is tried ever less often, until it has stored entries again', () => {
    const pair = connected()
    /** The length of the pause after one more refusal. */
    const pause = (): number => {
      pair.a.send({ type: 'replicator.storageFailed', fault: 'storage-full' })
      const asked = pair.a.replicated.length
      let ms = 0
      for (; pair.a.replicated.length === asked; ms += 1_000) pair.pass(1_000)
      return ms
    }
    expect([pause(), pause(), pause(), pause(), pause(), pause()]).toEqual([
      5_000, 10_000, 20_000, 40_000, 60_000, 60_000,
    ])
    pair.a.send({ type: 'replicator.stored', kind: 'vector' })
    expect(pause()).toBe(TIMINGS.storageRetryMax)
    pair.a.send({ type: 'replicator.stored', kind: 'entries' })
    expect(pause()).toBe(TIMINGS.storageRetry)
  })
})
