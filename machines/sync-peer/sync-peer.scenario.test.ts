import { describe, expect, test } from 'vitest'
import { createPeerPair, type PeerPair } from '../../tests/support/peer-pair.ts'
import { OPENED } from '../../tests/support/hello-keys.ts'
import { TIMINGS } from '../kit/timings.ts'

const HEALTHY = 'engaged.open.connected.alive.healthy'

/** Both devices see each other in the roster. */
const meet = (pair: PeerPair): PeerPair => {
  for (const side of [pair.a, pair.b]) side.send({ type: 'peer.present' })
  pair.settle()
  return pair
}
const connected = () => meet(createPeerPair())
const states = ({ a, b }: PeerPair) => [a.view().state, b.view().state]
const said = (pair: PeerPair, kind: string) =>
  pair.a.ends
    .flatMap(({ commands }) => commands)
    .filter((it) => it.type === 'transport.say' && it.message.kind === kind)
const unlinked = (pair: PeerPair) => pair.a.reports.filter(({ type }) => type === 'peer.unlinked')

describe('the way up', () => {
  test('the lower id dials, the higher one answers, and both greet', () => {
    const pair = connected()
    expect(states(pair)).toEqual(['connected', 'connected'])
    expect(pair.a.ends.map(({ input }) => input)).toEqual([
      { peerId: 'b', connId: 'a.b.1000.0.1', epoch: 1_000, role: 'dialer' },
    ])
    expect(pair.b.ends.map(({ input }) => input.role)).toEqual(['answerer'])
    expect(pair.a.replicated[0]).toMatchObject({ type: 'replicator.greeted', hello: { peerId: 'b' } })
    expect(pair.a.reports.at(-1)).toEqual({ type: 'peer.linked', peerId: 'b' })
  })

  test('one nudge on the way and one offer make one link, not two', () => {
    const pair = connected()
    expect(pair.b.reports).toContainEqual({ type: 'peer.signal', to: 'a', signal: { kind: 'nudge', epoch: 1_000 } })
    expect([pair.a.ends.length, pair.b.ends.length]).toEqual([1, 1])
  })

  test('offers of both sides at once: the one of the higher id is ignored', () => {
    const pair = createPeerPair()
    pair.a.send({ type: 'peer.present' })
    const before = pair.a.snapshot()
    const offer = { kind: 'offer', connId: 'b.a.1000.0.1', epoch: 1_000, session: 'AQ' } as const
    pair.a.send({ type: 'peer.signaled', signal: offer })
    expect(pair.a.snapshot().value).toEqual(before.value)
    expect(pair.a.end()?.commands).toEqual([])
  })

  test('an offer of an attempt already left changes nothing, a later one starts afresh', () => {
    const pair = connected()
    const stale = { kind: 'offer', connId: 'a.b.1000.0.1', epoch: 1_000, session: 'AQ' } as const
    pair.b.send({ type: 'peer.signaled', signal: { ...stale, connId: 'a.b.1000.0.0' } })
    expect(pair.b.ends).toHaveLength(1)
    pair.b.send({ type: 'peer.signaled', signal: { ...stale, connId: 'a.b.1000.0.2' } })
    expect(pair.b.ends.map(({ input }) => input.connId)).toEqual(['a.b.1000.0.1', 'a.b.1000.0.2'])
  })

  test('a device that does not greet is given five seconds', () => {
    const pair = createPeerPair()
    pair.a.send({ type: 'peer.present' })
    pair.a.send(OPENED)
    pair.clock.increment(TIMINGS.greeting - 1)
    expect(pair.a.view().state).toBe('connecting')
    pair.clock.increment(1)
    expect(pair.a.view()).toMatchObject({ state: 'waiting', fault: 'greeting-timeout', attempt: 1 })
  })

  test('an answerer that hears nothing nudges again and again', () => {
    const pair = createPeerPair()
    pair.server = false
    pair.b.send({ type: 'peer.present' })
    pair.pass(TIMINGS.awaitingOffer + 1_000)
    expect(pair.b.reports.filter(({ type }) => type === 'peer.signal')).toHaveLength(2)
    expect(pair.b.view()).toMatchObject({ state: 'connecting', fault: 'link-unanswered' })
  })
})

describe('a link that breaks', () => {
  test('is made anew at once when the path is fine', () => {
    const pair = connected()
    pair.a.send({ type: 'link.failed', fault: 'link-failed' })
    pair.pass(300)
    expect(states(pair)).toEqual(['connected', 'connected'])
    expect(unlinked(pair)).toEqual([{ type: 'peer.unlinked', peerId: 'b', fault: 'link-failed' }])
    expect(pair.b.ends).toHaveLength(2)
  })

  test('is made anew within two beats also where only the answerer notices: it nudges', () => {
    const pair = connected()
    pair.b.send({ type: 'link.closed' })
    pair.pass(2 * TIMINGS.beat + 300)
    expect(states(pair)).toEqual(['connected', 'connected'])
    expect([pair.a.ends.length, pair.b.ends.length]).toEqual([2, 2])
  })

  test('is not one that a nudge of old claims to be broken, however often the server repeats it', () => {
    const pair = connected()
    for (let i = 0; i < 100; i++) {
      pair.a.send({ type: 'peer.signaled', signal: { kind: 'nudge', epoch: 1_000 } })
      pair.pass(100)
    }
    expect([unlinked(pair), states(pair), pair.a.ends.length]).toEqual([[], ['connected', 'connected'], 1])
  })

  test('a second break before the link has proven itself waits first', () => {
    const pair = connected()
    pair.a.send({ type: 'link.failed', fault: 'link-failed' })
    pair.settle()
    pair.a.send({ type: 'link.failed', fault: 'link-failed' })
    expect(pair.a.view()).toMatchObject({ state: 'waiting', attempt: 2 })
    pair.pass(2_000 + TIMINGS.proven)
    expect(pair.a.view()).toMatchObject({ state: 'connected', attempt: 0 })
  })

  test('a wait is cut short by another network', () => {
    const pair = connected()
    for (let i = 0; i < 2; i++) {
      pair.a.send({ type: 'link.failed', fault: 'link-failed' })
      pair.settle()
    }
    expect(pair.a.view().state).toBe('waiting')
    pair.a.send({ type: 'network.changed' })
    pair.settle()
    expect(states(pair)).toEqual(['connected', 'connected'])
  })
})

describe('the heartbeat', () => {
  test('suspects at four seconds, gives a silent link up at six', () => {
    const pair = connected()
    pair.path = false
    pair.pass(TIMINGS.beat)
    expect(pair.a.view()).toMatchObject({ state: 'connected', link: 'engaged.open.connected.alive.probing' })
    pair.pass(TIMINGS.beat)
    expect(pair.a.view()).toMatchObject({ state: 'recovering', link: 'engaged.open.connected.alive.suspect' })
    pair.pass(TIMINGS.beat)
    expect(pair.a.view()).toMatchObject({ state: 'connecting', fault: 'link-silent' })
  })

  test('a minute of quiet costs pings and nothing else', () => {
    const pair = connected()
    pair.pass(TIMINGS.proven)
    expect(pair.a.view().link).toBe('engaged.open.connected.alive.healthy')
    expect(said(pair, 'ping')).toHaveLength(TIMINGS.proven / TIMINGS.beat)
    expect(pair.a.ends).toHaveLength(1)
  })

  test('after a frozen tab it asks first and judges nobody', () => {
    const pair = connected()
    pair.path = false
    pair.pass(2 * TIMINGS.beat)
    expect(pair.a.view().state).toBe('recovering')
    pair.path = true
    const pings = said(pair, 'ping').length
    pair.a.send({ type: 'pulse.late', lateMs: 600_000 })
    expect(pair.a.view().link).toBe(HEALTHY)
    expect(said(pair, 'ping')).toHaveLength(pings + 1)
    pair.pass(2 * TIMINGS.beat)
    expect([unlinked(pair), pair.a.view().state]).toEqual([[], 'connected'])
  })
})

describe('the roster', () => {
  test('a lost server does not cut a link', () => {
    const pair = connected()
    pair.server = false
    for (const side of [pair.a, pair.b]) side.send({ type: 'peer.absent' })
    pair.pass(TIMINGS.proven)
    expect(states(pair)).toEqual(['connected', 'connected'])
  })

  test('a link lost while the server is away rests with its cause and comes back with the server', () => {
    const pair = connected()
    pair.server = false
    for (const side of [pair.a, pair.b]) side.send({ type: 'peer.absent' })
    pair.path = false
    pair.pass(4 * TIMINGS.beat + TIMINGS.silentHold)
    expect(states(pair)).toEqual(['absent', 'absent'])
    expect(pair.a.view().fault).toBe('link-silent')
    pair.server = true
    pair.path = true
    meet(pair)
    expect(states(pair)).toEqual(['connected', 'connected'])
  })

  test('a device that restarted nudges with another epoch and gets a fresh connection', () => {
    const pair = connected()
    pair.a.send({ type: 'peer.signaled', signal: { kind: 'nudge', epoch: 2_000 } })
    expect(pair.a.ends.map(({ input }) => input.connId)).toEqual(['a.b.1000.0.1', 'a.b.1000.0.2'])
  })

  test('a goodbye is left alone until the device shows itself', () => {
    const pair = connected()
    pair.b.send({ type: 'peer.close' })
    pair.settle()
    expect(pair.a.view()).toMatchObject({ state: 'absent', link: 'left', fault: 'link-closed' })
    expect(pair.b.view()).toMatchObject({ link: 'ended', fault: 'engine-stopped' })
    pair.pass(TIMINGS.connecting)
    expect(pair.a.ends).toHaveLength(1)
    pair.a.send({ type: 'peer.present' })
    expect(pair.a.ends).toHaveLength(2)
  })
})
