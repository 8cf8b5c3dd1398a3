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
    expect(pair.a.view()).toMatchObject({ link: 'engaged.reaching.dialing', fault: 'link-failed', attempt: 1 })
    pair.pass(TIMINGS.connecting)
    expect(pair.a.view()).toMatchObject({ fault: 'link-timeout', attempt: 2 })
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
    expect(pair.a.view().link).toBe('engaged.open.connected.awaitingSignaling')
    pair.clock.increment(TIMINGS.iceRestart - 1)
    expect(pair.a.view().state).toBe('recovering')
    pair.clock.increment(1)
    expect(pair.a.view()).toMatchObject({ state: 'absent', fault: 'link-failed' })
    expect(commandsOf(pair, 'transport.restartIce')).toEqual([])
  })
})
