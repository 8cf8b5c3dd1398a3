import { LIMITS } from '#model/limits'
import { chunkAt } from '#wire/chunk'
import { encodeControl } from '#wire/control-codec'
import { PRIORITY } from '#wire/messages'
import { expect, test } from 'vitest'
import { CONN, launch, frames, said, decoded, elapse, noise } from '../../../tests/support/launched-transport.ts'
import { HELLO_KEYS } from '../../../tests/support/hello-keys.ts'

const HELLO = {
  kind: 'hello',
  protocol: 1,
  peerId: 'b',
  epoch: 3,
  digest: '0123456789abcdef',
  cookie: '',
  ...HELLO_KEYS,
} as const
/** The frame of a message that calls itself a hello. */
const hello = (bytes: Uint8Array) => frames('hello', bytes, 1)[0]
/** A hello in the words of another protocol: what follows the number may be anything. */
const withProtocol = (protocol: number) => {
  const bytes = encodeControl(HELLO)
  bytes[1] = protocol
  return bytes
}

test('small messages are said, and answered by nobody here', async () => {
  const { side, ctl, open } = launch()
  await open()
  const messages = [
    HELLO,
    { kind: 'ping', id: 4 },
    { kind: 'pong', id: 9 },
    { kind: 'bye', reason: 'stopped' },
  ] as const
  for (const [i, message] of messages.entries()) ctl.onmessage?.({ data: said(message, i + 1) })
  expect(side.of('link.said').map(({ message }) => message)).toEqual(messages)
  expect(ctl.sent).toEqual([])
})

test('a message of one chunk is told whole; one of several is opened and told chunk by chunk', async () => {
  const { side, bulk, open } = launch()
  await open()
  const long = noise(3 * LIMITS.chunkBytes)
  for (const data of [...frames('entries', noise(20), 1), ...frames('entries', long, 2)]) bulk.onmessage?.({ data })
  expect(side.facts.filter(({ type }) => type !== 'link.heard').slice(1)).toEqual([
    { type: 'link.message', ticket: expect.any(String), kind: 'entries' },
    { type: 'link.messageOpened', msgId: 2, ticket: expect.any(String), kind: 'entries', total: 4 },
    ...[1, 2, 3].map(() => ({ type: 'link.chunk', msgId: 2 })),
  ])
  expect(side.received.map(({ bytes }) => bytes)).toEqual([noise(20), long])
})

test('what is no chunk, no message or not what its header says is refused and counted', async () => {
  const { side, ctl, bulk, depot, open } = launch()
  await open()
  const ping = encodeControl({ kind: 'ping', id: 1 })
  const head = { msgId: 1, priority: PRIORITY.control, deflated: false } as const
  const wrong = [
    'a text',
    new Uint8Array(3),
    noise(200),
    chunkAt(ping, { ...head, kind: 'pong' }, 0),
    chunkAt(new Uint8Array(0), { ...head, kind: 'hello' }, 0),
    chunkAt(new Uint8Array(2 * LIMITS.chunkBytes), { ...head, kind: 'ping', msgId: 9 }, 0),
    chunkAt(new Uint8Array(2 * LIMITS.chunkBytes), { ...head, kind: 'entries', msgId: 10 }, 1),
    noise(LIMITS.chunkBytes + 1),
  ]
  for (const data of wrong) ctl.onmessage?.({ data })
  bulk.onmessage?.({ data: new Blob([]) })
  expect(side.of('link.refused').map(({ count }) => count)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(side.of('link.said')).toEqual([])
  expect(depot.bytes).toBe(0)
})

test('late chunks of a message that our side gave up are not held against the other', async () => {
  const { side, bulk, depot, open } = launch({ digests: () => false })
  await open()
  const [first, second] = frames('entries', noise(3 * LIMITS.chunkBytes), 5)
  bulk.onmessage?.({ data: first })
  depot.drop(side.of('link.messageOpened')[0]?.ticket ?? '')
  bulk.onmessage?.({ data: second })
  expect(side.of('link.refused')).toEqual([])
})

test('a sign of life is told at once, then at most twice a second', async () => {
  const { side, ctl, clock, open } = launch()
  await open()
  const hear = () => ctl.onmessage?.({ data: said({ kind: 'pong', id: 1 }) })
  for (let i = 0; i < 10; i++) hear()
  expect(side.of('link.heard')).toHaveLength(1)
  clock.increment(499)
  hear()
  expect(side.of('link.heard')).toHaveLength(1)
  clock.increment(1)
  hear()
  expect(side.of('link.heard')).toHaveLength(2)
  clock.increment(60_000)
  expect(side.of('link.heard')).toHaveLength(2)
})

test('a pong measures the round trip of its ping, once, and an unknown pong measures nothing', async () => {
  const { side, ctl, clock, open } = launch()
  await open()
  for (let id = 1; id <= 9; id++) {
    side.send({ type: 'transport.say', message: { kind: 'ping', id } })
    clock.increment(10)
  }
  for (const id of [9, 9, 5, 1, 77]) ctl.onmessage?.({ data: said({ kind: 'pong', id }) })
  expect(side.of('link.rtt').map(({ ms }) => ms)).toEqual([10, 50])
})

test('credit is given for what arrives on bulk, and held back while our own disk lags behind', async () => {
  let fast = false
  const { side, ctl, bulk, depot, clock, open } = launch({ digests: () => fast })
  await open()
  const batch = noise(4 * LIMITS.chunkBytes - 4 * LIMITS.chunkHeaderBytes)
  let arrived = 0
  const granted = () => decoded(ctl.sent).flatMap((message) => (message.kind === 'credit' ? [message.received] : []))
  for (let i = 1; depot.bytesOf(CONN) < LIMITS.peerBytes / 2; i++)
    for (const data of frames('entries', batch, i)) {
      arrived += data.length
      bulk.onmessage?.({ data })
    }
  const held = granted().at(-1) ?? 0
  expect(held).toBeGreaterThan(LIMITS.peerBytes / 2 - 2 * LIMITS.chunkBytes)
  expect(held).toBeLessThan(arrived)
  elapse(clock, 500)
  expect(granted().at(-1)).toBe(held)
  fast = true
  for (const fact of side.of('link.messageOpened')) depot.drop(fact.ticket)
  clock.increment(50)
  expect(granted().at(-1)).toBe(arrived)
  expect(side.of('link.refused')).toEqual([])
})

test.each<[string, (whole: Uint8Array) => Uint8Array | undefined, string]>([
  ['cut short on its way', (whole) => whole.subarray(0, -1), 'wire-malformed'],
  [
    'cut short, with a header that says so',
    (whole) => hello(whole.subarray(LIMITS.chunkHeaderBytes, -1)),
    'wire-malformed',
  ],
  ['without its key', (whole) => hello(whole.subarray(LIMITS.chunkHeaderBytes, -32)), 'wire-malformed'],
  [
    'with more behind it',
    (whole) => hello(Uint8Array.of(...whole.subarray(LIMITS.chunkHeaderBytes), 0)),
    'wire-malformed',
  ],
  ['of a protocol before ours', () => hello(withProtocol(0)), 'wire-version'],
  ['of a protocol after ours', () => hello(withProtocol(2)), 'wire-version'],
])('a hello %s is none: refused, counted, and said to nobody', async (_, change, fault) => {
  const { side, ctl, open } = launch()
  await open()
  ctl.onmessage?.({ data: change(hello(encodeControl(HELLO)) ?? new Uint8Array()) })
  expect(side.of('link.refused')).toMatchObject([{ type: 'link.refused', fault, count: 1 }])
  expect(side.of('link.said')).toEqual([])
  ctl.onmessage?.({ data: said(HELLO, 2) })
  expect(side.of('link.said')).toEqual([{ type: 'link.said', message: HELLO }])
})
