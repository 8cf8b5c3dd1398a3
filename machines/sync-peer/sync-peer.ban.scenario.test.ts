import { describe, expect, test } from 'vitest'
import { createPeerPair, type PeerPair } from '../../tests/support/peer-pair.ts'
import type { FaultCode } from '#model/fault'
import { LIMITS } from '#model/limits'
import { TIMINGS } from '../kit/timings.ts'
import { OPENED } from '../../tests/support/hello-keys.ts'

/** Two devices that see each other in the roster, and are linked. */
const connected = () => {
  const pair = createPeerPair()
  for (const side of [pair.a, pair.b]) side.send({ type: 'peer.present' })
  pair.settle()
  expect([pair.a.view().state, pair.b.view().state]).toEqual(['connected', 'connected'])
  return pair
}
const offend = ({ a }: PeerPair, times = 1, fault: FaultCode = 'wire-malformed') => {
  for (let count = 1; count <= times; count++) a.send({ type: 'link.refused', fault, count, over: 'link' })
}
const strikes = ({ a }: PeerPair) => a.snapshot().context.strikes
/** `a` has banned `b`. */
const banned = () => {
  const pair = connected()
  offend(pair, LIMITS.strikesPerDevice)
  pair.settle()
  return pair
}

describe('a proven device that offends', () => {
  test('is told goodbye the third time, and banned: whichever way it offends', () => {
    const pair = connected()
    offend(pair)
    pair.a.send({ type: 'replicator.refused', fault: 'entry-malformed' })
    expect(pair.a.view().state).toBe('connected')
    offend(pair, 1, 'wire-limit')
    expect(pair.a.view()).toMatchObject({ state: 'refused', link: 'banned', fault: 'peer-banned' })
    const [end] = pair.a.ends
    expect(end?.commands.at(-1)).toEqual({ type: 'transport.say', message: { kind: 'bye', reason: 'refused' } })
    expect(pair.a.reports.at(-1)).toEqual({ type: 'peer.banned', peerId: 'b', fault: 'wire-limit' })
    pair.settle()
    expect(pair.b.view()).toMatchObject({ state: 'refused', link: 'refused', fault: 'link-closed' })
  })

  test('gains nothing by another link after its second offense', () => {
    const pair = connected()
    offend(pair, 2)
    pair.a.send({ type: 'link.closed' })
    pair.settle()
    expect([pair.a.view().state, strikes(pair)]).toEqual(['connected', 2])
    offend(pair)
    expect(pair.a.view().link).toBe('banned')
  })

  test('a second greeting of a proven device ends the link at once, and counts', () => {
    const pair = connected()
    const message = { kind: 'auth', mac: '', signature: '' } as const
    pair.a.send({ type: 'link.said', message })
    expect([pair.a.view().link, strikes(pair)]).toEqual(['refused', 1])
  })
})

describe('what is not laid to a device', () => {
  test.each([
    ['another version', { type: 'link.refused', fault: 'wire-version', count: 1, over: 'link' }],
    ['what came by a signal', { type: 'link.refused', fault: 'wire-malformed', count: 1 }],
    ['a full depot', { type: 'link.refused', fault: 'depot-full', count: 1 }],
    ['our own disk', { type: 'replicator.storageFailed', fault: 'storage-full' }],
    ['a fork it passes on', { type: 'replicator.refused', fault: 'author-forked' }],
    ['a broken path', { type: 'link.failed', fault: 'link-failed' }],
  ] as const)('%s', (_, fact) => {
    const pair = connected()
    pair.a.send(fact)
    expect(strikes(pair)).toBe(0)
    expect(pair.a.view().link).not.toBe('banned')
  })

  test('whatever comes before its proof: anybody can say that in its name', () => {
    const pair = createPeerPair()
    pair.a.send({ type: 'peer.present' })
    const answer = { kind: 'answer', connId: 'a.b.1000.0.1', epoch: 1_000, session: 'AQ' } as const
    pair.a.send({ type: 'peer.signaled', signal: answer })
    pair.a.send(OPENED)
    offend(pair, LIMITS.refusalsPerLink)
    expect(pair.a.view()).toMatchObject({ link: 'refused', fault: 'wire-malformed' })
    expect(strikes(pair)).toBe(0)
  })
})

describe('a banned device', () => {
  test('is neither dialed nor answered, whatever it does, and whatever becomes of page and network', () => {
    const pair = banned()
    const ends = pair.a.ends.length
    const reports = pair.a.reports.length
    pair.a.send({ type: 'peer.absent' })
    pair.a.send({ type: 'peer.present' })
    for (const epoch of [1_000, 1_001]) pair.a.send({ type: 'peer.signaled', signal: { kind: 'nudge', epoch } })
    pair.a.send({ type: 'network.changed' })
    pair.pass(TIMINGS.ban - 1)
    expect(pair.a.view()).toMatchObject({ link: 'banned', fault: 'peer-banned' })
    expect([pair.a.ends.length, pair.a.reports.length]).toEqual([ends, reports])
  })

  test('is spoken with again when its time is over, as if nothing had been', () => {
    const pair = banned()
    pair.pass(TIMINGS.ban)
    pair.settle()
    expect(pair.a.reports).toContainEqual({ type: 'peer.pardoned', peerId: 'b' })
    expect([pair.a.view().state, pair.b.view().state, strikes(pair)]).toEqual(['connected', 'connected', 0])
    offend(pair, LIMITS.strikesPerDevice - 1)
    expect(pair.a.view().state).toBe('connected')
    offend(pair)
    expect(pair.a.view().link).toBe('banned')
  })

  test('is let off by a person', () => {
    const pair = banned()
    pair.a.send({ type: 'peer.retry' })
    pair.pass(TIMINGS.backoffBase)
    pair.settle()
    expect([pair.a.view().state, pair.b.view().state, strikes(pair)]).toEqual(['connected', 'connected', 0])
  })

  test('tells people until when', () => {
    const pair = banned()
    expect(pair.a.view().until).toBeUndefined()
    pair.a.send({ type: 'ban.set', until: 1_700_000_600_000 })
    expect(pair.a.view().until).toBe(1_700_000_600_000)
    pair.pass(TIMINGS.ban)
    expect(pair.a.view().until).toBeUndefined()
  })

  test('stays banned where the actor that held its ban was lost, from the start again', () => {
    const pair = createPeerPair()
    pair.a.send({ type: 'peer.ban' })
    expect(pair.a.view()).toMatchObject({ link: 'banned', fault: 'peer-banned' })
    pair.a.send({ type: 'peer.present' })
    pair.pass(TIMINGS.ban - 1)
    expect(pair.a.ends).toHaveLength(0)
    pair.pass(1)
    expect(pair.a.ends).toHaveLength(1)
  })

  test('is told nothing more when the engine closes', () => {
    const pair = banned()
    pair.a.send({ type: 'peer.close' })
    expect(pair.a.view().link).toBe('ended')
  })
})
