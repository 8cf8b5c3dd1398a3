import { deflateSync } from 'fflate'
import { LIMITS } from '#model/limits'
import type { Random } from '#sim/random'
import { chunkAt, chunksOf } from '#wire/chunk'
import { encodeControl } from '#wire/control-codec'
import { encodeBatch } from '#wire/entry-codec'
import { type ControlMessage, type MessageKind, PRIORITY } from '#wire/messages'

/** A frame, or some, that no honest device sends, or not so many of; and the channel they go to. */
export interface HostileFrame {
  readonly is: string
  readonly channel: 'ctl' | 'bulk'
  readonly frame: (random: Random, msgId: number) => Uint8Array | string | readonly Uint8Array[]
  /** So many at once; default one. */
  readonly times?: number
}

const head = (kind: MessageKind, msgId: number, deflated = false) => ({
  kind,
  msgId,
  priority: PRIORITY.live,
  deflated,
})
const whole = (kind: MessageKind, msgId: number, bytes: Uint8Array, deflated = false): Uint8Array =>
  chunkAt(bytes, head(kind, msgId, deflated), 0)

/** A control message as text that our own encoder would not make. */
const control = (kind: MessageKind, msgId: number, message: unknown): Uint8Array =>
  whole(kind, msgId, new TextEncoder().encode(JSON.stringify(message)))
const wellMade = (message: ControlMessage, msgId: number): Uint8Array => {
  const [frame] = chunksOf(encodeControl(message), head(message.kind, msgId))
  return frame ?? new Uint8Array()
}

/** One bit of an honest frame is turned. */
const bent = (random: Random, frame: Uint8Array): Uint8Array => {
  const at = random.int(0, frame.length - 1)
  frame[at] = (frame[at] ?? 0) ^ (1 << random.int(0, 7))
  return frame
}

const entryText = (random: Random): string =>
  JSON.stringify({
    action: random.pick(['create', 'upsert', '']),
    data: { v: random.int(0, 9) },
    id: 'm1',
    peerId: 'nobody',
    resourceType: 'reading',
    timestamp: random.pick([-1, 1e300, 0.5, 0]),
    vectorClock: random.pick([{}, { nobody: 0 }, { nobody: -1 }, { nobody: 2 ** 53 }, { __proto__: 1 }]),
  })

/** Deflates to nothing, inflates to more than anybody takes. */
const makeBomb = () => {
  let made: Uint8Array | undefined
  return (): Uint8Array => {
    made ??= deflateSync(new Uint8Array(LIMITS.inflatedBytes + 1_048_576)).subarray(0, 13_000)
    return made
  }
}
const bomb = makeBomb()

export const hostileFrames: readonly HostileFrame[] = [
  { is: 'noise', channel: 'ctl', frame: (random) => random.bytes(random.int(0, 300)) },
  { is: 'noise', channel: 'bulk', frame: (random) => random.bytes(random.int(0, 300)) },
  { is: 'text', channel: 'ctl', frame: () => '{"kind":"ping","id":1}' },
  { is: 'nothing', channel: 'bulk', frame: () => new Uint8Array() },
  {
    is: 'a frame too large',
    channel: 'bulk',
    frame: (random) => new Uint8Array(random.pick([14_001, 65_536, 262_144])),
  },
  {
    is: 'a message never finished',
    channel: 'bulk',
    frame: (_, id) => chunkAt(new Uint8Array(100_000), head('entries', id), 0),
  },
  {
    is: 'a chunk without its first',
    channel: 'bulk',
    frame: (_, id) => chunkAt(new Uint8Array(100_000), head('entries', id), 3),
  },
  {
    is: 'a claim of the largest size',
    channel: 'bulk',
    frame: (_, id) => {
      const frame = chunkAt(new Uint8Array(100_000), head('entries', id), 0)
      new DataView(frame.buffer).setUint32(12, 0xffffffff)
      return frame
    },
  },
  {
    is: 'an inflate bomb',
    channel: 'bulk',
    frame: (_, id) => whole('entries', id, bomb(), true),
  },
  { is: 'a batch of noise', channel: 'bulk', frame: (random, id) => whole('entries', id, random.bytes(200)) },
  {
    is: 'entries that are none',
    channel: 'bulk',
    frame: (random, id) => whole('entries', id, encodeBatch([new TextEncoder().encode(entryText(random))])),
  },
  { is: 'entries on ctl', channel: 'ctl', frame: (random, id) => whole('entries', id, random.bytes(50)) },
  { is: 'a second hello', channel: 'ctl', frame: (_, id) => control('hello', id, { kind: 'hello', protocol: 1 }) },
  {
    is: 'a vector of impossible numbers',
    channel: 'ctl',
    frame: (random, id) =>
      control('vector', id, {
        kind: 'vector',
        base: '',
        clock: { x: random.pick([-1, 0.5, 2 ** 53, 1e308]) },
        pull: true,
      }),
  },
  {
    is: 'a vector of many authors',
    channel: 'ctl',
    frame: (random, id) => {
      const clock = Object.fromEntries(Array.from({ length: 500 }, () => [`author ${random.int(0, 1e9)}`, 1]))
      return whole('vector', id, encodeControl({ kind: 'vector', base: '', clock, pull: false }).subarray(0, 13_000))
    },
  },
  {
    is: 'a wish for everything, again and again',
    channel: 'ctl',
    frame: (_, id) => wellMade({ kind: 'vector', base: '', clock: {}, pull: true }, id),
  },
  {
    is: 'a pong nobody asked for',
    channel: 'ctl',
    frame: (random, id) => wellMade({ kind: 'pong', id: random.int(0, 1e9) }, id),
  },
  { is: 'a ping', channel: 'ctl', frame: (random, id) => wellMade({ kind: 'ping', id: random.int(0, 1e9) }, id) },
  {
    is: 'credit for what was never sent',
    channel: 'ctl',
    frame: (random, id) => wellMade({ kind: 'credit', received: random.int(0, 0xffffffff) }, id),
  },
  {
    is: 'a bent ping',
    channel: 'ctl',
    frame: (random, id) => bent(random, wellMade({ kind: 'ping', id: 1 }, id)),
  },
]
