import { deflateSync } from 'fflate'
import { base64url } from '#model/base64url'
import { LIMITS } from '#model/limits'
import { PROTOCOL } from '#model/protocol'
import { ByteWriter } from '#wire/bytes'
import { chunkAt, chunkCount } from '#wire/chunk'
import { encodeControl } from '#wire/control-codec'
import { encodeBatch } from '#wire/entry-codec'
import { kindNumber } from '#wire/kinds'
import { type ControlMessage, type MessageKind, PRIORITY } from '#wire/messages'
import type { HostileFrame } from './hostile-frames.ts'

const head = (kind: MessageKind, msgId: number, deflated = false) => ({
  kind,
  msgId,
  priority: PRIORITY.live,
  deflated,
})
const whole = (kind: MessageKind, msgId: number, bytes: Uint8Array, deflated = false): Uint8Array =>
  chunkAt(bytes, head(kind, msgId, deflated), 0)
const said = (message: ControlMessage, msgId: number): Uint8Array => whole(message.kind, msgId, encodeControl(message))

const HELLO: ControlMessage = {
  kind: 'hello',
  protocol: PROTOCOL,
  peerId: 'nobody',
  epoch: 1,
  digest: '0'.repeat(16),
  cookie: '',
  nonce: base64url(new Uint8Array(16)),
  pub: base64url(new Uint8Array(32)),
}

const makeVectors = () => {
  const made = new Map<number, Uint8Array>()
  return (which: number): Uint8Array => {
    const known = made.get(which)
    if (known) return known
    const clock = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`author ${i} of ${which}`, 1]))
    const bytes = encodeControl({ kind: 'vector', base: '', clock, pull: false })
    made.set(which, bytes)
    return bytes
  }
}
/** One of some vectors of 500 authors each, made once. */
const manyAuthors = makeVectors()

/** Legal one by one, and more of them than any device has to say. */
export const endlessFloods: readonly HostileFrame[] = [
  {
    is: 'pings',
    channel: 'ctl',
    times: 100,
    frame: (random, id) => said({ kind: 'ping', id: random.int(0, 1e9) }, id),
  },
  { is: 'pongs', channel: 'ctl', times: 100, frame: (_, id) => said({ kind: 'pong', id }, id) },
  { is: 'credits', channel: 'ctl', times: 4_000, frame: (_, id) => said({ kind: 'credit', received: 0 }, id) },
  {
    is: 'tiny vectors',
    channel: 'ctl',
    times: 500,
    frame: (_, id) => said({ kind: 'vector', base: '', clock: { nobody: 1 }, pull: false }, id),
  },
  {
    is: 'wishes for everything',
    channel: 'ctl',
    times: 500,
    frame: (_, id) => said({ kind: 'vector', base: '', clock: {}, pull: true }, id),
  },
  {
    is: 'vectors of many made-up authors',
    channel: 'ctl',
    times: 20,
    frame: (_, id) => whole('vector', id, manyAuthors(id % 8)),
  },
  { is: 'batches of nothing', channel: 'bulk', times: 500, frame: (_, id) => whole('entries', id, encodeBatch([])) },
]

const LARGE = new Uint8Array(2 * 1_048_576)

/** One chunk of a large message, with one number of its header changed. */
const lying = (msgId: number, index: number, place: number, value: number): Uint8Array => {
  const frame = chunkAt(LARGE, head('entries', msgId), index)
  new DataView(frame.buffer).setUint16(place, value)
  return frame
}

const zeros = deflateSync(new Uint8Array(LIMITS.inflatedBytes))
const BOMB = deflateSync(new Uint8Array(LIMITS.inflatedBytes + 1_048_576)).subarray(0, 13_000)
const NESTED = deflateSync(zeros)

const vectorOf = (count: number, write: (writer: ByteWriter) => ByteWriter): Uint8Array =>
  write(new ByteWriter().u8(kindNumber('vector')).u8(0).varint(count)).done()

/** What is meant to be kept, or unpacked, at our expense. */
export const bombs: readonly HostileFrame[] = [
  { is: 'messages never finished', channel: 'bulk', frame: (_, id) => chunkAt(LARGE, head('entries', id), 0) },
  {
    is: 'messages that grow and never end',
    channel: 'bulk',
    frame: (_, id) =>
      Array.from({ length: chunkCount(LARGE.length) - 1 }, (__, index) => chunkAt(LARGE, head('entries', id), index)),
  },
  {
    is: 'chunks left out',
    channel: 'bulk',
    frame: (_, id) => [0, 2].map((index) => chunkAt(LARGE, head('entries', id), index)),
  },
  { is: 'totals that are lies', channel: 'bulk', frame: (random, id) => lying(id, 0, 10, random.int(0, 0xffff)) },
  { is: 'places beyond the end', channel: 'bulk', frame: (_, id) => lying(id, 0, 8, 0xffff) },
  { is: 'inflate bombs', channel: 'bulk', frame: (_, id) => whole('entries', id, BOMB, true) },
  { is: 'bombs within bombs', channel: 'bulk', frame: (_, id) => whole('entries', id, NESTED, true) },
  {
    is: 'a vector of a million authors',
    channel: 'ctl',
    frame: (_, id) =>
      whole(
        'vector',
        id,
        vectorOf(1_000_000, (writer) => writer.text('a').varint(1)),
      ),
  },
  {
    is: 'a seq of 2^53',
    channel: 'ctl',
    frame: (_, id) =>
      whole(
        'vector',
        id,
        vectorOf(1, (writer) => writer.text('a').raw(Uint8Array.of(...Array(7).fill(0x80), 0x10))),
      ),
  },
]

/** A greeting is said once. */
export const hellos: HostileFrame = { is: 'hellos', channel: 'ctl', frame: (_, id) => said(HELLO, id) }

/** A vector that claims all there could be of the authors it names. */
export const boasts = (authors: readonly string[]): HostileFrame => ({
  is: 'claims to have everything',
  channel: 'ctl',
  frame: (random, id) => {
    const clock = Object.fromEntries(authors.map((author) => [author, Number.MAX_SAFE_INTEGER]))
    return said({ kind: 'vector', base: '', clock, pull: random.chance(0.1) }, id)
  },
})
