import { LIMITS } from '#model/limits'
import { parseChunk } from '#wire/chunk'
import { PRIORITY } from '#wire/messages'
import { expect, test } from 'vitest'
import { launch, last, said, send, elapse, noise } from '../../../tests/support/launched-transport.ts'
import { HELLO_KEYS } from '../../../tests/support/hello-keys.ts'

test('a ticket is sent once, its bytes leave the depot, and there is room for another', async () => {
  const launched = launch()
  await launched.open()
  const ticket = send(launched, noise(20_000))
  const { side, bulk, depot } = launched
  expect(bulk.sent.map((frame) => frame.length)).toEqual([14_000, 20_000 + 16 - 13_984])
  expect(side.facts.slice(-2)).toEqual([{ type: 'link.sent', ticket }, { type: 'link.writable' }])
  expect(depot.bytes).toBe(0)
})

test('text is deflated from 1 kB on', async () => {
  const launched = launch()
  await launched.open()
  send(launched, new Uint8Array(200_000))
  expect(launched.bulk.sent).toHaveLength(1)
  expect(launched.bulk.sent[0]?.length).toBeLessThan(1_000)
})

test('bulk bytes on their way never exceed the window; each credit lets more go, and ctl needs none', async () => {
  const launched = launch()
  const { side, ctl, bulk, open } = launched
  await open()
  for (let i = 0; i < 4; i++) send(launched, noise(100_000, i + 1))
  const out = () => bulk.sent.reduce((sum, frame) => sum + frame.length, 0)
  expect(out()).toBe(LIMITS.creditStartBytes)
  expect(side.of('link.sent')).toEqual([])
  side.send({ type: 'transport.say', message: { kind: 'ping', id: 1 } })
  expect(ctl.sent).toHaveLength(1)
  ctl.onmessage?.({ data: said({ kind: 'credit', received: 14_000 }) })
  expect(out()).toBeLessThanOrEqual(LIMITS.creditStartBytes + 2 * 14_000)
  for (let i = 2; side.of('link.sent').length < 4; i++)
    ctl.onmessage?.({ data: said({ kind: 'credit', received: out() }, i) })
  expect(out()).toBe(400_000 + 4 * 8 * 16)
})

test('room is told when the queue falls below one batch, not before', async () => {
  const launched = launch()
  const { side, ctl, bulk, open } = launched
  await open()
  send(launched, noise(LIMITS.batchBytes + 100_000))
  expect(side.of('link.writable')).toHaveLength(0)
  const out = () => bulk.sent.reduce((sum, frame) => sum + frame.length, 0)
  for (let i = 1; side.of('link.writable').length === 0; i++)
    ctl.onmessage?.({ data: said({ kind: 'credit', received: out() }, i) })
  expect(out()).toBeGreaterThan(100_000)
  expect(side.of('link.sent')).toHaveLength(0)
})

test('credit for more than was sent is refused and opens nothing', async () => {
  const launched = launch()
  await launched.open()
  send(launched, noise(100_000))
  const before = launched.bulk.sent.length
  launched.ctl.onmessage?.({ data: said({ kind: 'credit', received: 90_000 }) })
  expect(last(launched.side)).toEqual({ type: 'link.refused', fault: 'wire-malformed', count: 1, over: 'link' })
  expect(launched.bulk.sent).toHaveLength(before)
})

test('a full channel is waited for by its event', async () => {
  const launched = launch()
  const { bulk, open } = launched
  await open()
  bulk.accept = () => {
    bulk.bufferedAmount = LIMITS.channelHighBytes
  }
  send(launched, noise(50_000))
  expect(bulk.sent).toHaveLength(1)
  bulk.bufferedAmount = bulk.bufferedAmountLowThreshold
  bulk.onbufferedamountlow?.({})
  expect(bulk.sent).toHaveLength(2)
})

test('a full channel is waited for by polling where the event never fires', async () => {
  const launched = launch()
  const { bulk, clock, open } = launched
  await open()
  bulk.accept = () => {
    bulk.bufferedAmount = LIMITS.channelHighBytes
  }
  send(launched, noise(50_000))
  elapse(clock, 200)
  expect(bulk.sent).toHaveLength(1)
  bulk.bufferedAmount = 0
  clock.increment(50)
  expect(bulk.sent).toHaveLength(2)
})

test('a frame that the channel throws back is sent again, in its place and once', async () => {
  const launched = launch()
  const { side, bulk, clock, open } = launched
  await open()
  let refusing = 3
  bulk.accept = () => {
    if (refusing-- > 0) throw new Error('the queue is full')
  }
  const ticket = send(launched, noise(30_000))
  expect(bulk.sent).toHaveLength(0)
  elapse(clock, 150)
  const indexes = bulk.sent.map((frame) => parseChunk(frame)).map((parsed) => parsed.ok && parsed.chunk.index)
  expect(indexes).toEqual([0, 1, 2])
  expect(side.of('link.sent')).toEqual([{ type: 'link.sent', ticket }])
})

test('a channel that throws for a second is broken', async () => {
  const launched = launch()
  await launched.open()
  launched.bulk.accept = () => {
    throw new Error('broken')
  }
  send(launched, noise(30_000))
  send(launched, noise(2_000))
  elapse(launched.clock, 949)
  expect(launched.side.of('link.failed')).toEqual([])
  elapse(launched.clock, 1)
  expect(last(launched.side)).toEqual({ type: 'link.failed', fault: 'link-failed' })
})

test('a ticket without bytes fails the link loudly, for nothing may count as sent that was not', async () => {
  const { side, open } = launch()
  await open()
  side.send({ type: 'transport.send', ticket: 'gone', kind: 'entries', channel: 'bulk', priority: PRIORITY.live })
  expect(last(side)).toEqual({ type: 'link.failed', fault: 'internal' })
})

test('a message that cannot be encoded fails the link and is thrown at nobody', async () => {
  const { side, open } = launch()
  await open()
  const hello = {
    kind: 'hello',
    protocol: 1,
    peerId: '',
    epoch: 3,
    digest: 'short',
    cookie: '',
    ...HELLO_KEYS,
  } as const
  side.send({ type: 'transport.say', message: hello })
  expect(last(side)).toEqual({ type: 'link.failed', fault: 'internal' })
})

test('more small messages than anybody reads end the link instead of growing', async () => {
  const { side, ctl, open } = launch()
  await open()
  ctl.bufferedAmount = LIMITS.channelHighBytes
  for (let id = 0; id <= LIMITS.restingMessagesPerPeer; id++)
    side.send({ type: 'transport.say', message: { kind: 'ping', id } })
  expect(last(side)).toEqual({ type: 'link.failed', fault: 'link-silent' })
})
