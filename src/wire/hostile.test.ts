import { deflateRawSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { canonical } from '#model/canonical'
import type { Entry } from '#model/entry'
import { isFaultCode } from '#model/fault'
import { LIMITS } from '#model/limits'
import { seeded } from '../../tests/support/random.ts'
import { CHUNK_PAYLOAD, chunkAt, chunkCount, chunksOf } from './chunk.ts'
import { decodeControl, encodeControl } from './control-codec.ts'
import { inflateCapped } from './deflate.ts'
import { createDepot } from './depot.ts'
import { decodeBatch, encodeBatch, encodeEntry } from './entry-codec.ts'
import type { ControlMessage, MessageKind, Priority } from './messages.ts'
import { HELLO_KEYS } from '../../tests/support/hello-keys.ts'

const CASES = { control: 100_000, batch: 20_000, frames: 80_000, inflate: 12_000 }
let cases = 0

const next = seeded(20_260_101)
const below = (n: number) => Math.floor(next() * n)
const pick = <T>(all: readonly T[]): T => all[below(all.length)] as T
const noise = (length: number) => Uint8Array.from({ length }, () => below(256))

/** What a hostile sender does to sound bytes; every recipe keeps most of them, so that it gets past the first check. */
const RECIPES: ((bytes: Uint8Array) => Uint8Array)[] = [
  (bytes) => bytes,
  (bytes) => bytes.subarray(0, below(bytes.length + 1)),
  (bytes) => concat(bytes, noise(1 + below(20))),
  (bytes) => edited(bytes, (copy, at) => copy.fill(below(256), at, at + 1)),
  (bytes) => edited(bytes, (copy, at) => copy.fill(pick([0, 0x7f, 0x80, 0xff]), at, at + 1 + below(9))),
  (bytes) => edited(bytes, (copy, at) => copy.copyWithin(at, below(copy.length))),
  (bytes) => concat(bytes.subarray(0, below(bytes.length)), bytes.subarray(below(bytes.length))),
  () => noise(below(80)),
]
const edited = (bytes: Uint8Array, edit: (copy: Uint8Array, at: number) => void) => {
  const copy = new Uint8Array(bytes)
  edit(copy, below(copy.length))
  return copy
}
const spoiled = (bytes: Uint8Array) => {
  let result = pick(RECIPES)(bytes)
  while (next() < 0.3) result = pick(RECIPES)(result)
  return result
}
const concat = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
/** As `expect`, a hundred thousand times over. */
const insist = (holds: boolean, what: string) => {
  if (!holds) throw new Error(`${what}, in case ${cases}`)
}
/** A refusal says which fault it is, and why. */
const insistOnWords = ({ fault, reason }: { fault: string; reason: string }) =>
  insist(isFaultCode(fault) && reason.length > 3, `a refusal has words, not "${fault}: ${reason}"`)
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

afterAll(() => console.info(`hostile cases: ${cases}`))

describe('hostile bytes are refused with a reason, never thrown at', { timeout: 120_000 }, () => {
  it('as control messages', () => {
    const digest = '0123456789abcdef'
    const clock = Object.fromEntries(
      Array.from({ length: 6 }, (_, i) => [`device-${i}`.repeat(1 + i), 10 ** (2 * i + 1)]),
    )
    const sound = (
      [
        { kind: 'hello', protocol: 1, peerId: 'device-a', epoch: 1.7e12, digest, cookie: digest, ...HELLO_KEYS },
        { kind: 'vector', base: digest, clock, pull: true },
        { kind: 'vector', base: '', clock: { a: 1, '\ud800': 2 }, pull: false },
        { kind: 'ping', id: 77 },
        { kind: 'credit', received: 0xfffffff0 },
        { kind: 'bye', reason: 'redial' },
      ] satisfies ControlMessage[]
    ).map(encodeControl)
    let accepted = 0
    for (let i = 0; i < CASES.control; i++, cases++) {
      const bytes = spoiled(pick(sound))
      const decoded = decodeControl(bytes)
      if (decoded.ok) {
        accepted++
        insist(same(encodeControl(decoded.message), bytes), 'one message has one encoding')
      } else insistOnWords(decoded)
    }
    expect(accepted).toBeGreaterThan(CASES.control / 20)
    expect(accepted).toBeLessThan(CASES.control / 2)
  })

  it('as batches of entries', () => {
    const entry: Entry = {
      id: 'm-17',
      resourceType: 'reading',
      action: 'update',
      data: { kwh: 812, list: [1, null, 'x\ud800'], nested: { b: true } },
      timestamp: 1_700_000_000_000,
      peerId: 'device-a',
      vectorClock: { 'device-a': 3, 'device-b': 9 },
    }
    const bodies = [entry, { ...entry, counter: 2 }, { ...entry, action: 'delete' as const, data: {} }].map(encodeEntry)
    let items = 0
    for (let i = 0; i < CASES.batch; i++, cases++) {
      const bytes = i % 2 ? spoiled(encodeBatch(bodies)) : encodeBatch([pick(bodies), padded(spoiled(pick(bodies)))])
      const decoded = decodeBatch(i % 4 === 1 ? bytes : bytes.slice())
      if (!decoded.ok) {
        insistOnWords(decoded)
        continue
      }
      items += decoded.items.length
      for (const { entry: accepted, bytes: exact } of decoded.items)
        insist(same(Buffer.from(canonical(accepted)), exact), 'only canonical bodies are accepted')
      insist(decoded.refused.every(isFaultCode), 'a refused body has a fault')
    }
    expect(items).toBeGreaterThan(CASES.batch / 8)
  })

  it('as chunks, and the depot stays within its bounds at every step', () => {
    const depot = createDepot()
    const owners = Array.from({ length: 6 }, (_, i) => `link-${i}`)
    const full = new Uint8Array(CHUNK_PAYLOAD * 400)
    const tickets: string[] = []
    /** Honest streams that are never digested, to fill the depot while the others attack. */
    const streams = owners.map((owner, i) => ({ owner, frames: endless(full, i) }))
    let refused = 0
    let most = 0
    for (let i = 0; i < CASES.frames; i++, cases++) {
      const { owner, frames } = pick(streams)
      const frame = next() < 0.4 ? hostileFrame() : frames()
      const outcome = depot.deposit(owner, frame)
      if (outcome.is === 'refused') {
        refused++
        insistOnWords(outcome)
      } else tickets.push(outcome.ticket)
      if (next() < 0.002) depot.take(pick(tickets))
      if (next() < 0.002) depot.drop(pick(tickets))
      if (next() < 0.0001) depot.dropAll(owner)
      most = Math.max(most, depot.bytes)
      insist(depot.bytesOf(owner) <= LIMITS.peerBytes, 'one device is held to its limit')
      insist(depot.bytes <= LIMITS.depotBytes, 'all devices are held to theirs')
      insist(depot.openMessages(owner) <= LIMITS.openMessagesPerPeer, 'open messages are few')
      const sum = owners.reduce((bytes, one) => bytes + depot.bytesOf(one), 0)
      insist(sum === depot.bytes, 'every byte has an owner')
    }
    // The bounds mean something only where they were reached.
    expect(most).toBeGreaterThan(LIMITS.depotBytes - LIMITS.chunkBytes)
    expect(refused).toBeGreaterThan(CASES.frames / 5)
    for (const owner of owners) depot.dropAll(owner)
    expect(depot.bytes).toBe(0)
  })

  it('as deflated messages, which end at the cap', () => {
    const cap = 20_000
    const sound = [0, 1, 50, 1_000, cap, cap + 1, 300_000].flatMap((length) => [
      deflateRawSync(new Uint8Array(length)),
      deflateRawSync(Uint8Array.from({ length }, (_, i) => (i * i) % 251)),
    ])
    let inflated = 0
    for (let i = 0; i < CASES.inflate; i++, cases++) {
      const bytes = inflateCapped(spoiled(pick(sound).subarray(0, 3_000)), cap)
      if (bytes === undefined) continue
      inflated++
      insist(bytes.length <= cap, 'the cap holds')
    }
    expect(inflated).toBeGreaterThan(100)
    expect(inflated).toBeLessThan(CASES.inflate)
  })

  it('more than 200,000 times', () => {
    expect(cases).toBeGreaterThanOrEqual(200_000)
  })
})

/** Long enough for the envelope, so that the body itself is looked at. */
const padded = (body: Uint8Array) => (body.length < 64 ? concat(body, new Uint8Array(64).fill(0x20)) : body)

/** The frames of one large message after another. */
const endless = (bytes: Uint8Array, lane: number) => {
  let msgId = lane
  let frames = chunksOf(bytes, { kind: 'entries', msgId, priority: 2, deflated: false })
  return (): Uint8Array => {
    const frame = frames.next()
    if (!frame.done) return frame.value
    msgId += 10
    frames = chunksOf(bytes, { kind: 'entries', msgId, priority: 2, deflated: false })
    return frames.next().value ?? bytes
  }
}

const ZEROS = new Uint8Array(50_000)

/** A frame of a sound message of up to four chunks, with its header or its length changed, or not. */
const hostileFrame = (): Uint8Array => {
  const head = {
    kind: pick<MessageKind>(['entries', 'vector', 'hello', 'ping']),
    msgId: below(12),
    priority: below(4) as Priority,
    deflated: next() < 0.5,
  }
  const bytes = ZEROS.subarray(0, pick([0, 1, 40, CHUNK_PAYLOAD, 2 * CHUNK_PAYLOAD, 50_000]))
  const frame = chunkAt(bytes, head, below(chunkCount(bytes.length)))
  const how = below(4)
  if (how === 0) return spoiled(frame)
  if (how === 1) frame[below(LIMITS.chunkHeaderBytes)] = pick([0, 1, 2, 3, 4, 0x7f, 0x80, 0xff])
  if (how === 2) frame[8 + below(8)] = below(256)
  return frame
}
