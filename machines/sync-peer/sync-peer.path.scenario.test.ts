import { describe, expect, test } from 'vitest'
import { createPeerPair, type PeerPair } from '../../tests/support/peer-pair.ts'
import { MAX_ATTEMPTS, TIMINGS } from '../kit/timings.ts'

const HEALTHY = 'engaged.open.connected.alive.healthy'

/** Two devices that see each other in the roster, and are linked. */
const connected = () => {
  const pair = createPeerPair()
  for (const side of [pair.a, pair.b]) side.send({ type: 'peer.present' })
  pair.settle()
  return pair
}
const states = ({ a, b }: PeerPair) => [a.view().state, b.view().state]
const commandsOf = (pair: PeerPair, type: string) =>
  pair.a.ends.flatMap(({ commands }) => commands).filter((command) => command.type === type)

describe('a link whose path is lost or changed', () => {
  test('a lost path: grace, ICE restart, silence, fresh connections, resignation, and a person', () => {
    const pair = connected()
    pair.path = false
    pair.server = false
    pair.a.send({ type: 'link.disconnected' })
    pair.clock.increment(TIMINGS.disconnectedGrace - 1)
    expect(pair.a.view().link).toBe('engaged.open.connected.disconnected')
    pair.clock.increment(1)
    expect(pair.a.view().link).toBe('engaged.open.connected.restartingIce')
    expect(commandsOf(pair, 'transport.restartIce')).toHaveLength(1)
    pair.pass(TIMINGS.iceRestart)
    expect(pair.a.view()).toMatchObject({ link: 'engaged.reaching.dialing.called', fault: 'link-failed', attempt: 1 })
    pair.pass(TIMINGS.connecting)
    expect(pair.a.view()).toMatchObject({ fault: 'link-unanswered', attempt: 2 })
    pair.pass(MAX_ATTEMPTS.link * (TIMINGS.connecting + TIMINGS.backoffMax))
    expect(pair.a.view()).toMatchObject({ state: 'gaveUp', fault: 'attempts-exhausted' })
    expect(pair.a.reports.at(-1)).toEqual({ type: 'peer.gaveUp', peerId: 'b', fault: 'attempts-exhausted' })
    pair.path = true
    pair.server = true
    pair.a.send({ type: 'peer.retry' })
    pair.settle()
    expect(states(pair)).toEqual(['connected', 'connected'])
    expect(pair.a.view().attempt).toBe(0)
  })

  test('a restart that finds another path keeps the connection', () => {
    const pair = connected()
    pair.a.send({ type: 'link.disconnected' })
    pair.clock.increment(TIMINGS.disconnectedGrace)
    expect(pair.a.view().link).toBe(HEALTHY)
    expect(commandsOf(pair, 'transport.restartIce')).toHaveLength(1)
    expect(pair.a.ends).toHaveLength(1)
  })

  test('another network: the device is asked first, and its answer is proof enough', () => {
    const pair = connected()
    pair.a.send({ type: 'network.changed' })
    expect(pair.a.view()).toMatchObject({ state: 'recovering', link: 'engaged.open.connected.awaitingSignaling' })
    pair.settle()
    expect(pair.a.view().link).toBe(HEALTHY)
    expect(commandsOf(pair, 'transport.restartIce')).toEqual([])
  })

  test('another network, and no answer: a path is sought once signaling is back, for an earlier offer would be lost', () => {
    const pair = connected()
    pair.path = false
    pair.a.send({ type: 'network.changed' })
    pair.a.send({ type: 'peer.absent' })
    pair.pass(TIMINGS.beat)
    expect(commandsOf(pair, 'transport.restartIce')).toEqual([])
    pair.path = true
    pair.a.send({ type: 'peer.present' })
    expect(commandsOf(pair, 'transport.restartIce')).toHaveLength(1)
    expect([pair.a.view().link, pair.a.ends.length]).toEqual([HEALTHY, 1])
  })

  test('a lost path without signaling: no offer is made that nobody would carry', () => {
    const pair = connected()
    pair.path = false
    for (const side of [pair.a, pair.b]) side.send({ type: 'peer.absent' })
    pair.a.send({ type: 'link.disconnected' })
    pair.clock.increment(TIMINGS.disconnectedGrace)
    expect(pair.a.view()).toMatchObject({ link: 'engaged.open.connected.silent', fault: 'link-silent' })
    pair.clock.increment(TIMINGS.silentHold - 1)
    expect(pair.a.view().state).toBe('recovering')
    pair.clock.increment(1)
    expect(pair.a.view()).toMatchObject({ state: 'absent', fault: 'link-silent' })
    expect(commandsOf(pair, 'transport.restartIce')).toEqual([])
  })
})

describe('a device that falls silent', () => {
  const SILENCE = 3 * TIMINGS.beat

  test('while signaling reaches it: a fresh link is made at once', () => {
    const pair = connected()
    pair.path = false
    pair.pass(SILENCE)
    expect(pair.a.view()).toMatchObject({ link: 'engaged.reaching.dialing.called', fault: 'link-silent' })
    pair.path = true
    pair.pass(TIMINGS.connecting + TIMINGS.backoffMax)
    expect([states(pair), pair.a.ends.length > 1]).toEqual([['connected', 'connected'], true])
  })

  test('without signaling: the link is kept, says so, and is the same when the device is heard again', () => {
    const pair = connected()
    for (const side of [pair.a, pair.b]) side.send({ type: 'peer.absent' })
    pair.path = false
    pair.pass(SILENCE)
    for (const side of [pair.a, pair.b])
      expect(side.view()).toMatchObject({ state: 'recovering', fault: 'link-silent' })
    pair.pass(TIMINGS.silentHold / 2)
    pair.path = true
    pair.pass(TIMINGS.beat)
    expect(states(pair)).toEqual(['connected', 'connected'])
    expect([pair.a.view().fault, pair.a.ends.length, pair.b.ends.length]).toEqual([undefined, 1, 1])
  })

  test('without signaling: a path that the browser finds again is given time to carry a word', () => {
    const pair = connected()
    for (const side of [pair.a, pair.b]) side.send({ type: 'peer.absent' })
    pair.path = false
    pair.pass(SILENCE)
    pair.a.send({ type: 'link.restored' })
    expect(pair.a.view().link).toBe(HEALTHY)
  })

  test.each([
    ['the browser gives the path up', 0],
    ['nothing more happens', TIMINGS.silentHold],
  ])('without signaling: %s, and the device is absent because it fell silent', (_, ms) => {
    const pair = connected()
    for (const side of [pair.a, pair.b]) side.send({ type: 'peer.absent' })
    pair.path = false
    pair.pass(SILENCE)
    if (ms === 0) pair.a.send({ type: 'link.failed', fault: 'link-failed' })
    pair.pass(ms)
    expect(pair.a.view()).toMatchObject({ state: 'absent', fault: 'link-silent' })
  })

  test('back in the roster, it gets a fresh link at once', () => {
    const pair = connected()
    for (const side of [pair.a, pair.b]) side.send({ type: 'peer.absent' })
    pair.path = false
    pair.pass(SILENCE)
    pair.path = true
    for (const side of [pair.a, pair.b]) side.send({ type: 'peer.present' })
    pair.settle()
    expect([states(pair), pair.a.ends.length]).toEqual([['connected', 'connected'], 2])
  })
})

describe('a device that takes part in signaling and does not answer', () => {
  test('is not said to be on another network: its dialer says that it does not answer', () => {
    const pair = createPeerPair()
    pair.server = false
    pair.a.send({ type: 'peer.present' })
    pair.pass(TIMINGS.connecting)
    expect(pair.a.view()).toMatchObject({ attempt: 1, fault: 'link-unanswered' })
  })

  test('one that answers, and no path to it, is a matter of the network', () => {
    const pair = createPeerPair()
    pair.path = false
    for (const side of [pair.a, pair.b]) side.send({ type: 'peer.present' })
    pair.pass(TIMINGS.connecting)
    expect(pair.a.view()).toMatchObject({ attempt: 1, fault: 'link-timeout' })
  })
})

describe('an offer that was lost', () => {
  /** The dialer's offer is lost; so much later the answerer comes and asks to be dialed. */
  const askedAfter = (ms: number) => {
    const pair = createPeerPair()
    pair.server = false
    pair.a.send({ type: 'peer.present' })
    pair.pass(ms)
    pair.server = true
    pair.b.send({ type: 'peer.present' })
    pair.settle()
    return pair
  }

  test('is made anew as soon as the other side asks to be dialed, not when its time is over', () => {
    const pair = askedAfter(TIMINGS.answering)
    expect(states(pair)).toEqual(['connected', 'connected'])
    expect([pair.a.ends.length, pair.a.view().attempt]).toEqual([2, 1])
  })

  test('is waited for as long as its answer may be on its way', () => {
    const pair = askedAfter(TIMINGS.answering - 1)
    expect([pair.a.view().state, pair.a.ends.length]).toEqual(['connecting', 1])
  })
})
