import { deflateRawSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { LIMITS } from '#model/limits'
import { CHUNK_PAYLOAD, chunksOf, type MessageHead } from './chunk.ts'
import { packBytes } from './deflate.ts'
import { createDepot } from './depot.ts'
import type { Depot, DepositOutcome } from './depot-types.ts'

const PEER = 'link-1'
const head: MessageHead = { kind: 'entries', msgId: 1, priority: 2, deflated: false }
const message = (length: number) => Uint8Array.from({ length }, (_, i) => i * 7)
const frames = (chunks: number, rest: Partial<MessageHead> = {}) => [
  ...chunksOf(message(chunks * CHUNK_PAYLOAD), { ...head, ...rest }),
]
/** A frame with a uint32 of its header changed. */
const altered = (frame: Uint8Array | undefined, place: number, value: number) => {
  const copy = (frame ?? new Uint8Array()).slice()
  new DataView(copy.buffer).setUint32(place, value)
  return copy
}

let depot: Depot
beforeEach(() => {
  depot = createDepot()
})
const depositAll = (all: Iterable<Uint8Array | undefined>, owner = PEER): DepositOutcome | undefined => {
  let last: DepositOutcome | undefined
  for (const frame of all) last = depot.deposit(owner, frame ?? new Uint8Array())
  return last
}
const ticketOf = (outcome: DepositOutcome | undefined) => (outcome && 'ticket' in outcome ? outcome.ticket : '')

describe('the depot', { timeout: 30_000 }, () => {
  it('puts a message together chunk by chunk and gives it out once', () => {
    const outcomes = frames(3).map((frame) => depot.deposit(PEER, frame))
    expect(outcomes.map((it) => it.is)).toEqual(['opened', 'grew', 'completed'])
    expect(new Set(outcomes.map(ticketOf)).size).toBe(1)
    expect(outcomes[2]).toMatchObject({ msgId: 1, kind: 'entries', total: 3, index: 2 })
    expect(depot.take(ticketOf(outcomes[2]))).toEqual(message(3 * CHUNK_PAYLOAD))
    expect(depot.take(ticketOf(outcomes[2]))).toBeUndefined()
    expect([depot.bytes, depot.openMessages(PEER)]).toEqual([0, 0])
  })

  it('keeps messages of several devices and ids apart, however their chunks are mixed', () => {
    const [a, b] = [frames(2, { msgId: 1 }), frames(2, { msgId: 2 })]
    depositAll([a[0], b[0]])
    expect(depositAll([a[0]], 'link-2')?.is).toBe('opened')
    expect(depositAll([b[1]])?.is).toBe('completed')
    expect(depositAll([a[1]])?.is).toBe('completed')
    expect(depot.openMessages('link-2')).toBe(1)
  })

  it('does not give out a message that is half there', () => {
    const outcome = depositAll(frames(2).slice(0, 1))
    expect(depot.take(ticketOf(outcome))).toBeUndefined()
    expect(depot.openMessages(PEER)).toBe(1)
  })

  it('inflates what was deflated, and gives out nothing for what is damaged', () => {
    const packed = packBytes(message(100_000))
    expect(packed.deflated).toBe(true)
    const whole = depositAll(chunksOf(packed.bytes, { ...head, deflated: true }))
    expect(depot.take(ticketOf(whole))).toEqual(message(100_000))
    const damaged = depositAll(chunksOf(message(500), { ...head, deflated: true }))
    expect(depot.take(ticketOf(damaged))).toBeUndefined()
    expect(depot.bytes).toBe(0)
  })

  it('inflates no further than a message of its kind may be', () => {
    const bomb = (bytes: number) => deflateRawSync(new Uint8Array(bytes))
    const take = (bytes: number, kind: MessageHead['kind']) =>
      depot.take(ticketOf(depositAll(chunksOf(bomb(bytes), { ...head, kind, deflated: true }))))?.length
    expect(take(LIMITS.controlBytes, 'vector')).toBe(LIMITS.controlBytes)
    expect(take(LIMITS.controlBytes + 1, 'vector')).toBeUndefined()
    expect(take(LIMITS.inflatedBytes, 'entries')).toBe(LIMITS.inflatedBytes)
    expect(take(LIMITS.inflatedBytes + 1, 'entries')).toBeUndefined()
  })

  it('rests messages of ours without a copy', () => {
    const bytes = message(5)
    const ticket = depot.put(PEER, bytes)
    expect(depot.bytesOf(PEER)).toBe(5)
    expect(depot.take(ticket ?? '')).toBe(bytes)
    expect(depot.bytes).toBe(0)
  })

  it('copies a frame that is a view of a larger buffer, which it would keep in memory unseen', () => {
    const [frame] = chunksOf(message(10), head)
    const pool = new Uint8Array(100_000)
    pool.set(frame ?? [], 50)
    const outcome = depositAll([pool.subarray(50, 76)])
    pool.fill(0)
    expect(depot.take(ticketOf(outcome))).toEqual(message(10))
  })

  it('forgets a message, or all of a device, and frees the bytes', () => {
    const half = depositAll(frames(2).slice(0, 1))
    depot.drop(ticketOf(half))
    depot.drop('nonsense')
    expect([depot.bytes, depot.openMessages(PEER)]).toEqual([0, 0])
    const ours = depot.put(PEER, message(9))
    depositAll(frames(3, { msgId: 2 }).slice(0, 2))
    const whole = depositAll(frames(1, { msgId: 3 }))
    depot.dropAll(PEER)
    depot.dropAll(PEER)
    expect([depot.bytes, depot.bytesOf(PEER), depot.openMessages(PEER)]).toEqual([0, 0, 0])
    expect([depot.take(ours ?? ''), depot.take(ticketOf(whole))]).toEqual([undefined, undefined])
  })

  it('tells late chunks of a message that we gave up from an offense', () => {
    const [first, second] = frames(2)
    depot.drop(ticketOf(depositAll([first])))
    expect(depositAll([second])).toMatchObject({ is: 'refused', fault: 'message-stalled' })
    expect(depositAll([first])?.is).toBe('opened')
  })
})

describe('the depot refuses, and drops the message', () => {
  const [first, second, third] = frames(3)

  it.each([
    ['a chunk left out', [first, third]],
    ['a chunk twice', [first, second, second]],
    ['the first chunk twice', [first, first]],
    ['another kind', [first, altered(second, 0, 0x01100002)]],
    ['another priority', [first, altered(second, 0, 0x01080010)]],
    ['deflate from the second chunk on', [first, altered(second, 0, 0x01140010)]],
    ['another size of the same number of chunks', [first, altered(second, 12, 3 * CHUNK_PAYLOAD - 1)]],
    ['another number of chunks', [first, frames(4)[1]]],
    ['a chunk that contradicts itself', [first, altered(second, 12, 5)]],
  ])('%s', (_, all) => {
    expect(depositAll(all)).toMatchObject({ is: 'refused', fault: expect.stringMatching(/^wire-/) })
    expect([depot.bytes, depot.openMessages(PEER)]).toEqual([0, 0])
    expect(depositAll([third])).toMatchObject({ is: 'refused', fault: 'wire-malformed' })
  })

  it('a chunk of a message that was not opened', () => {
    expect(depositAll([second])).toMatchObject({ is: 'refused', fault: 'wire-malformed' })
  })

  it('a ninth open message, and leaves the eight as they are', () => {
    for (let msgId = 1; msgId <= LIMITS.openMessagesPerPeer; msgId++)
      expect(depot.deposit(PEER, frames(2, { msgId })[0] ?? message(0)).is).toBe('opened')
    expect(depositAll(frames(2, { msgId: 9 }).slice(0, 1))).toMatchObject({ fault: 'wire-limit' })
    expect(depositAll(frames(1, { msgId: 9 }))?.is).toBe('refused')
    expect(depot.openMessages(PEER)).toBe(LIMITS.openMessagesPerPeer)
    expect(depositAll(frames(2, { msgId: 8 }).slice(1))?.is).toBe('completed')
  })
})

describe('the bounds of the depot', { timeout: 30_000 }, () => {
  /** Deposits messages of 8 MiB until one is refused. */
  const flood = (owner: string): DepositOutcome | undefined => {
    const all = [...chunksOf(new Uint8Array(LIMITS.inflatedBytes), head)]
    for (;;) {
      for (const frame of all) {
        const outcome = depot.deposit(owner, frame)
        if (outcome.is === 'refused') return outcome
      }
    }
  }

  it('hold one device to 32 MB and all to 128 MB, whatever they send', () => {
    for (let i = 0; i < 6; i++) {
      // Of the last ones it is not their own doing: others were there first.
      expect(flood(`link-${i}`)).toMatchObject({ fault: i < 4 ? 'wire-limit' : 'depot-full' })
      expect(depot.bytesOf(`link-${i}`)).toBeLessThanOrEqual(LIMITS.peerBytes)
      expect(depot.bytes).toBeLessThanOrEqual(LIMITS.depotBytes)
    }
    expect(depot.bytes).toBe(LIMITS.depotBytes)
    expect(depot.put('ours', message(1))).toBeUndefined()
    for (let i = 0; i < 6; i++) depot.dropAll(`link-${i}`)
    expect(depot.bytes).toBe(0)
  })

  it('grow with what was received, never with what was claimed', () => {
    depositAll([...chunksOf(new Uint8Array(LIMITS.inflatedBytes), head)].slice(0, 1))
    expect(depot.bytes).toBe(CHUNK_PAYLOAD)
  })

  it('hold the number of tiny messages that nobody digests', () => {
    const tiny = (msgId: number) => [...chunksOf(message(0), { ...head, msgId })]
    for (let i = 0; i < LIMITS.restingMessagesPerPeer; i++) expect(depositAll(tiny(i))?.is).toBe('completed')
    expect(depositAll(tiny(0))).toMatchObject({ is: 'refused', fault: 'wire-limit' })
    expect(depot.put(PEER, message(1))).toBeUndefined()
    expect(depot.put('another link', message(1))).toBeDefined()
  })
})
