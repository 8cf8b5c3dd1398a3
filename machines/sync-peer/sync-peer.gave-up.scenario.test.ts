import { describe, expect, test } from 'vitest'
import { createPeerPair, type PeerPair } from '../../tests/support/peer-pair.ts'
import { MAX_ATTEMPTS, TIMINGS } from '../kit/timings.ts'

/** All attempts of one device, with their pauses. */
const PATIENCE_MS = MAX_ATTEMPTS.link * (TIMINGS.connecting + TIMINGS.backoffMax)

const states = ({ a, b }: PeerPair) => [a.view().state, b.view().state]
const ends = ({ a, b }: PeerPair) => a.ends.length + b.ends.length
const failLastAttempt = (pair: PeerPair) => pair.a.send({ type: 'link.failed', fault: 'link-failed' })
const nudge = (pair: PeerPair) => pair.a.send({ type: 'peer.signaled', signal: { kind: 'nudge', epoch: 1_000 } })

/** The dialer alone, whom nobody answered until it gave up. */
const resigned = (): PeerPair => {
  const pair = createPeerPair()
  pair.server = false
  pair.a.send({ type: 'peer.present' })
  pair.pass(PATIENCE_MS)
  expect(pair.a.view()).toMatchObject({ state: 'gaveUp', attempt: MAX_ATTEMPTS.link })
  return pair
}
/** The same, at the one attempt that the other side asked for. */
const obliging = (): PeerPair => {
  const pair = resigned()
  nudge(pair)
  expect(pair.a.view().state).toBe('connecting')
  return pair
}

describe('a device that was given up and asks for a link', () => {
  test('gets one attempt, and is given up again if it comes to nothing', () => {
    const pair = obliging()
    const { length } = pair.a.ends
    pair.pass(PATIENCE_MS)
    expect(pair.a.view()).toMatchObject({ state: 'gaveUp', fault: 'attempts-exhausted' })
    expect(pair.a.ends).toHaveLength(length)
  })

  test('gets as many as it asks for, one at a time', () => {
    const pair = resigned()
    const { length } = pair.a.ends
    for (let asked = 1; asked <= 5; asked++) {
      nudge(pair)
      pair.pass(TIMINGS.connecting)
      expect([pair.a.view().state, pair.a.ends.length]).toEqual(['gaveUp', length + asked])
    }
  })

  test('is worth all attempts again once something stirs in the middle of it', () => {
    const pair = obliging()
    pair.a.send({ type: 'network.changed' })
    failLastAttempt(pair)
    expect(pair.a.view()).toMatchObject({ state: 'waiting', attempt: 1 })
  })

  test('is worth all attempts again once it comes anew in the middle of it', () => {
    const pair = obliging()
    pair.a.send({ type: 'peer.present' })
    expect(pair.a.view()).toMatchObject({ state: 'waiting', attempt: 1 })
  })

  test('is tried again where the link that came of it breaks before it has proven itself', () => {
    const pair = resigned()
    pair.server = true
    pair.b.send({ type: 'peer.present' })
    pair.settle()
    expect(states(pair)).toEqual(['connected', 'connected'])
    failLastAttempt(pair)
    expect(pair.a.view().state).toBe('waiting')
    pair.pass(TIMINGS.backoffMax + TIMINGS.proven)
    expect([states(pair), pair.a.view().attempt]).toEqual([['connected', 'connected'], 0])
  })
})

describe('a person who asks for it', () => {
  test.each(['peer.retry', 'network.changed'] as const)('(%s) gets all attempts, not one', (type) => {
    const pair = resigned()
    pair.a.send({ type })
    pair.pass(TIMINGS.connecting)
    expect(pair.a.view()).toMatchObject({ state: 'waiting', attempt: 1 })
  })
})

test('two without a road to each other come to rest, whoever of them began later', () => {
  const pair = createPeerPair()
  pair.path = false
  pair.a.send({ type: 'peer.present' })
  pair.pass(PATIENCE_MS / 2)
  pair.b.send({ type: 'peer.present' })
  pair.pass(2 * PATIENCE_MS)
  expect(states(pair)).toEqual(['gaveUp', 'gaveUp'])
  const made = ends(pair)
  pair.pass(2 * PATIENCE_MS)
  expect([states(pair), ends(pair)]).toEqual([['gaveUp', 'gaveUp'], made])
})
