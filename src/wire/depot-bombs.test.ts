import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '#model/limits'
import { CHUNK_PAYLOAD, chunkAt, chunkCount, chunksOf, type MessageHead } from './chunk.ts'
import { packBytes } from './deflate.ts'
import { createDepot } from './depot.ts'
import type { Depot, DepositOutcome } from './depot-types.ts'
import { decodeBatch } from './entry-codec.ts'

const PEER = 'link-1'
const head: MessageHead = { kind: 'entries', msgId: 1, priority: 2, deflated: false }
const LARGEST = new Uint8Array(LIMITS.inflatedBytes)
const frameOf = (msgId: number, index: number, bytes = LARGEST) => chunkAt(bytes, { ...head, msgId }, index)
/** A frame with a number of its header changed. */
const claiming = (frame: Uint8Array, field: 'index' | 'total' | 'totalBytes', value: number) => {
  const view = new DataView(frame.buffer)
  if (field === 'totalBytes') view.setUint32(12, value)
  else view.setUint16(field === 'index' ? 8 : 10, value)
  return frame
}
const faultOf = (outcome: DepositOutcome) => (outcome.is === 'refused' ? outcome.fault : undefined)
const ticketOf = (outcome: DepositOutcome | undefined) => (outcome && 'ticket' in outcome ? outcome.ticket : '')
const depositAll = (depot: Depot, frames: Iterable<Uint8Array>, owner = PEER) => {
  let last: DepositOutcome | undefined
  for (const frame of frames) last = depot.deposit(owner, frame)
  return last
}

describe('a reassembly bomb', { timeout: 30_000 }, () => {
  it('of eight messages that claim the most there is costs what was sent of them, and a ninth is refused', () => {
    const depot = createDepot()
    for (let msgId = 1; msgId <= LIMITS.openMessagesPerPeer; msgId++)
      expect(depot.deposit(PEER, frameOf(msgId, 0)).is).toBe('opened')
    expect(faultOf(depot.deposit(PEER, frameOf(9, 0)))).toBe('wire-limit')
    expect([depot.bytes, depot.openMessages(PEER)]).toEqual([8 * CHUNK_PAYLOAD, 8])
  })

  it('of eight messages that all grow and never end is held to the largest message there is', () => {
    const depot = createDepot()
    const bytes: number[] = []
    let refused = 0
    for (let index = 0; index < chunkCount(LARGEST.length) - 1; index++)
      for (let msgId = 1; msgId <= LIMITS.openMessagesPerPeer; msgId++) {
        const fault = faultOf(depot.deposit(PEER, frameOf(msgId, index)))
        if (fault === 'wire-limit') refused += 1
        bytes.push(depot.bytes)
      }
    expect(Math.max(...bytes)).toBeLessThanOrEqual(LIMITS.openBytesPerPeer)
    expect(Math.max(...bytes)).toBeGreaterThan(LIMITS.openBytesPerPeer - 2 * LIMITS.chunkBytes)
    expect(refused).toBeGreaterThan(0)
  })

  it('holds back no honest message: the largest one fits, and what is whole is no longer among the open ones', () => {
    const depot = createDepot()
    for (let msgId = 1; msgId <= 3; msgId++)
      expect(depositAll(depot, chunksOf(LARGEST, { ...head, msgId }))?.is).toBe('completed')
    const open = frameOf(4, 0)
    expect(depot.deposit(PEER, open).is).toBe('opened')
    depot.dropAll(PEER)
    expect(depositAll(depot, chunksOf(LARGEST, head))?.is).toBe('completed')
  })

  it('makes room again when it is given up, and when it breaks its own word', () => {
    const depot = createDepot()
    const most = chunkCount(LARGEST.length) - 1
    const begin = (msgId: number) =>
      depositAll(
        depot,
        Array.from({ length: most }, (_, index) => frameOf(msgId, index)),
      )
    const first = begin(1)
    expect(first?.is).toBe('grew')
    depot.drop(ticketOf(first))
    expect(begin(2)?.is).toBe('grew')
    expect(faultOf(depot.deposit(PEER, frameOf(2, 0)))).toBe('wire-malformed')
    expect(begin(3)?.is).toBe('grew')
  })

  it.each([
    [
      'a total beyond the largest message',
      (frame: Uint8Array) => claiming(frame, 'totalBytes', LIMITS.inflatedBytes + 1),
    ],
    ['the largest number there is', (frame: Uint8Array) => claiming(frame, 'totalBytes', 0xffffffff)],
    ['more chunks than its bytes need', (frame: Uint8Array) => claiming(frame, 'total', 0xffff)],
    ['no chunks', (frame: Uint8Array) => claiming(frame, 'total', 0)],
    ['fewer bytes than it brings', (frame: Uint8Array) => claiming(frame, 'totalBytes', 1)],
    ['a place far ahead', (frame: Uint8Array) => claiming(frame, 'index', 599)],
    ['a place beyond its end', (frame: Uint8Array) => claiming(frame, 'index', 0xffff)],
  ])('that claims %s is refused, and nothing of it is kept', (_, lie) => {
    const depot = createDepot()
    expect(faultOf(depot.deposit(PEER, lie(frameOf(1, 0))))).toMatch(/^wire-/)
    depot.deposit(PEER, frameOf(2, 0))
    expect(faultOf(depot.deposit(PEER, lie(frameOf(2, 1))))).toMatch(/^wire-/)
    expect([depot.bytes, depot.openMessages(PEER)]).toEqual([0, 0])
  })
})

describe('where others have filled the depot', { timeout: 30_000 }, () => {
  /** Four devices at their limit: the depot is full. */
  const full = () => {
    const depot = createDepot()
    for (let i = 0; i < LIMITS.depotBytes / LIMITS.peerBytes; i++)
      for (let size = 0; size < LIMITS.peerBytes; size += LIMITS.inflatedBytes) depot.put(`other-${i}`, LARGEST)
    expect(depot.bytes).toBe(LIMITS.depotBytes)
    return depot
  }

  it('a device is refused for want of room, and neither that nor the rest of its message is its offense', () => {
    const depot = full()
    const [first, second, third] = chunksOf(LARGEST.subarray(0, 3 * CHUNK_PAYLOAD), head)
    const faults = [first, second, third].map((frame) => faultOf(depot.deposit(PEER, frame ?? LARGEST)))
    expect(faults).toEqual(['depot-full', 'message-stalled', 'message-stalled'])
  })

  it('so is one whose message is half here', () => {
    const depot = full()
    const [first, ...rest] = chunksOf(LARGEST.subarray(0, 3 * CHUNK_PAYLOAD), head)
    depot.dropAll('other-0')
    expect(depot.deposit(PEER, first ?? LARGEST).is).toBe('opened')
    for (let i = 0; i < 3; i++) depot.put('other-0', LARGEST)
    depot.put('other-0', LARGEST.subarray(0, LIMITS.inflatedBytes - CHUNK_PAYLOAD))
    expect(rest.map((frame) => faultOf(depot.deposit(PEER, frame)))).toEqual(['depot-full', 'message-stalled'])
    expect([depot.bytesOf(PEER), depot.openMessages(PEER)]).toEqual([0, 0])
  })
})

describe('an inflate bomb', { timeout: 30_000 }, () => {
  const takeDeflated = (bytes: Uint8Array, kind: MessageHead['kind'] = 'entries') => {
    const depot = createDepot()
    const taken = depot.take(ticketOf(depositAll(depot, chunksOf(bytes, { ...head, kind, deflated: true }))))
    return { taken, left: depot.bytes }
  }

  it('of a thousand to one is given out to nobody, and its bytes are gone', () => {
    const bomb = deflateRawSync(new Uint8Array(64 * LIMITS.inflatedBytes), { level: 9 })
    expect(bomb.length).toBeLessThan(LIMITS.inflatedBytes)
    expect(takeDeflated(bomb)).toEqual({ taken: undefined, left: 0 })
  })

  it('is held to the limit of what it says it is: a vector is smaller than a batch', () => {
    const bomb = deflateRawSync(new Uint8Array(LIMITS.controlBytes + 1))
    expect(takeDeflated(bomb, 'vector').taken).toBeUndefined()
    expect(takeDeflated(bomb).taken).toHaveLength(LIMITS.controlBytes + 1)
  })

  it('within a bomb stays packed: what is unpacked once is no batch', () => {
    const inner = packBytes(new Uint8Array(LIMITS.inflatedBytes)).bytes
    const { taken } = takeDeflated(packBytes(new Uint8Array(Buffer.concat([inner, new Uint8Array(500)]))).bytes)
    expect(taken?.length).toBe(inner.length + 500)
    expect(decodeBatch(taken ?? inner)).toMatchObject({ ok: false, fault: 'wire-malformed' })
  })
})
