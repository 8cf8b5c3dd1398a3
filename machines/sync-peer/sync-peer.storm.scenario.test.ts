import { describe, expect, test } from 'vitest'
import { createPeerPair, type PeerPair } from '../../tests/support/peer-pair.ts'
import { TIMINGS } from '../kit/timings.ts'

/** The dialer alone: its signals reach nobody. */
const dialing = (): PeerPair => {
  const pair = createPeerPair()
  pair.a.send({ type: 'peer.present' })
  return pair
}
const nudge = (pair: PeerPair, epoch: number) =>
  pair.a.send({ type: 'peer.signaled', signal: { kind: 'nudge', epoch } })
const offer = (pair: PeerPair, count: number, epoch = 1_000) =>
  pair.b.send({
    type: 'peer.signaled',
    signal: { kind: 'offer', connId: `a.b.${epoch}.0.${count}`, epoch, session: 'AQ' },
  })
/** The answerer alone, with the first offer at hand. */
const answering = (): PeerPair => {
  const pair = createPeerPair()
  pair.b.send({ type: 'peer.present' })
  offer(pair, 1)
  return pair
}
const times = (count: number) => Array.from({ length: count }, (_, i) => i)

describe('a storm of nudges', () => {
  test('with ever another epoch outruns no pause, and every attempt that it ends is counted', () => {
    const pair = dialing()
    for (const i of times(20)) nudge(pair, 5_000 + (i % 2))
    expect(pair.a.view()).toMatchObject({ state: 'waiting', attempt: 3, fault: 'link-failed' })
    expect(pair.a.ends).toHaveLength(3)
  })

  test('of a minute makes few transports, and the device is given up like any other', () => {
    const pair = dialing()
    for (const i of times(600)) {
      nudge(pair, 5_000 + i)
      pair.clock.increment(100)
    }
    expect(pair.a.ends.length).toBeLessThan(20)
    expect(pair.a.reports.some(({ type }) => type === 'peer.gaveUp')).toBe(true)
  })

  test('cuts one pause short, not the next one too', () => {
    const pair = dialing()
    const fail = () => pair.a.send({ type: 'link.failed', fault: 'link-failed' })
    fail()
    nudge(pair, 5_000)
    expect([pair.a.view().state, pair.a.ends.length]).toEqual(['connecting', 2])
    fail()
    nudge(pair, 5_000)
    expect([pair.a.view().state, pair.a.ends.length]).toEqual(['waiting', 2])
    pair.clock.increment(TIMINGS.heed)
    fail()
    nudge(pair, 5_000)
    expect(pair.a.view().state).toBe('connecting')
  })

  test('is not what a restart is: one other epoch is dialed at once, linked or not', () => {
    const pair = dialing()
    nudge(pair, 5_000)
    nudge(pair, 6_000)
    expect([pair.a.view().state, pair.a.ends.length]).toEqual(['connecting', 2])
    const up = createPeerPair()
    for (const side of [up.a, up.b]) side.send({ type: 'peer.present' })
    up.settle()
    nudge(up, 6_000)
    expect([up.a.view().state, up.a.ends.length]).toEqual(['connecting', 2])
  })
})

describe('a storm of offers', () => {
  test('each later than the last outruns no pause, and every attempt that it ends is counted', () => {
    const pair = answering()
    for (const i of times(20)) offer(pair, i + 2)
    expect(pair.b.view()).toMatchObject({ state: 'waiting', attempt: 3, fault: 'link-failed' })
    expect(pair.b.ends).toHaveLength(3)
  })

  test('of a minute makes few transports', () => {
    const pair = answering()
    for (const i of times(600)) {
      offer(pair, i + 2)
      pair.clock.increment(100)
    }
    expect(pair.b.ends.length).toBeLessThan(20)
  })

  test('is not what a restart is: one offer of another epoch is answered at once', () => {
    const pair = answering()
    offer(pair, 1, 2_000)
    expect(pair.b.ends.map(({ input }) => input.connId)).toEqual(['a.b.1000.0.1', 'a.b.2000.0.1'])
  })

  test('is not what a failing path is: each offer of a dialer that keeps its pauses is answered', () => {
    const pair = answering()
    for (const i of times(8)) {
      pair.clock.increment(TIMINGS.connecting)
      expect(pair.b.view().state).toBe('waiting')
      offer(pair, i + 2)
      expect([pair.b.view().state, pair.b.ends.length]).toEqual(['connecting', i + 2])
    }
  })
})

describe('a roster that wavers', () => {
  const wavers = (pair: PeerPair, leaves: boolean) => {
    for (const side of [pair.a, pair.b]) {
      if (leaves) side.send({ type: 'peer.absent' })
      side.send({ type: 'peer.present' })
    }
  }

  test.each([
    ['comes ten times a second', false],
    ['comes and goes ten times a second', true],
  ])('a device that %s for a minute costs few transports and few nudges', (_, leaves) => {
    const pair = createPeerPair()
    for (const i of times(600)) {
      if (i % 10 === 0) pair.settle()
      wavers(pair, leaves)
      pair.clock.increment(100)
    }
    expect(pair.a.ends.length).toBeLessThan(20)
    expect(pair.b.reports.filter(({ type }) => type === 'peer.signal').length).toBeLessThan(20)
  })

  test('a device that came and went is linked soon after it stays', () => {
    const pair = createPeerPair()
    pair.server = false
    for (const _ of times(20)) {
      wavers(pair, true)
      pair.pass(1_000)
    }
    pair.server = true
    pair.pass(TIMINGS.connecting + TIMINGS.backoffMax)
    expect([pair.a.view().state, pair.b.view().state]).toEqual(['connected', 'connected'])
  })

  test('a device that goes and is back at once is linked at once, the first time', () => {
    const pair = createPeerPair()
    wavers(pair, false)
    pair.settle()
    pair.pass(TIMINGS.heed)
    pair.b.send({ type: 'peer.close' })
    pair.settle()
    expect(pair.a.view().link).toBe('left')
    pair.a.send({ type: 'peer.present' })
    expect(pair.a.view().state).toBe('connecting')
  })
})
