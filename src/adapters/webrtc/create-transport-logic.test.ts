import { LIMITS } from '#model/limits'
import { createDepot } from '#wire/depot'
import { expect, test } from 'vitest'
import { createActor, sendTo, setup } from 'xstate'
import { fakePeerConnections } from '../../../tests/support/fake-peer-connection.ts'
import {
  answer,
  CONN,
  decoded,
  frames,
  last,
  launch,
  noise,
  said,
  send,
  settled,
} from '../../../tests/support/launched-transport.ts'
import { createTransportLogic } from './create-transport-logic.ts'

test('a lost path and its return are told once each, by whichever state the stack keeps', async () => {
  const { side, pc, open } = launch()
  await open()
  pc.iceConnectionState = 'disconnected'
  pc.oniceconnectionstatechange?.({})
  pc.connectionState = 'disconnected'
  pc.onconnectionstatechange?.({})
  pc.iceConnectionState = 'checking'
  pc.connectionState = 'connecting'
  pc.onconnectionstatechange?.({})
  pc.iceConnectionState = 'connected'
  pc.connectionState = 'connected'
  pc.onconnectionstatechange?.({})
  pc.oniceconnectionstatechange?.({})
  expect(side.facts.slice(1)).toEqual([{ type: 'link.disconnected' }, { type: 'link.restored' }])
})

test('a path given up fails the link, and nothing follows the last word', async () => {
  const { side, pc, ctl, open } = launch()
  await open()
  pc.connectionState = 'failed'
  pc.onconnectionstatechange?.({})
  ctl.onclose?.({})
  ctl.onmessage?.({ data: said({ kind: 'ping', id: 1 }) })
  expect(side.facts.slice(1)).toEqual([{ type: 'link.failed', fault: 'link-failed' }])
})

test.each(['onclose', 'onerror'] as const)('%s of either channel closes the link', async (event) => {
  for (const name of ['ctl', 'bulk'] as const) {
    const launched = launch()
    await launched.open()
    launched[name][event]?.({})
    expect(last(launched.side)).toEqual({ type: 'link.closed' })
  }
})

test('stopping frees everything once: depot, handlers, timers, connection; no fact follows', async () => {
  const launched = launch({ digests: () => false })
  const { side, pc, bulk, depot, clock, open } = launched
  await open()
  bulk.onmessage?.({ data: frames('entries', noise(30_000), 1)[0] })
  bulk.bufferedAmount = LIMITS.channelHighBytes
  send(launched, noise(50_000))
  expect(clock.armed).toBe(1)
  const onmessage = bulk.onmessage
  const count = side.facts.length
  side.stop()
  side.stop()
  expect(pc.closes).toBe(1)
  expect(pc.handlers()).toEqual([])
  expect(clock.armed).toBe(0)
  expect(depot.bytes).toBe(0)
  bulk.bufferedAmount = 0
  onmessage?.({ data: frames('entries', noise(30), 2)[0] })
  clock.increment(60_000)
  expect(depot.bytes).toBe(0)
  expect(bulk.sent).toEqual([])
  expect(side.facts).toHaveLength(count)
  expect(pc.closes).toBe(1)
})

test('a goodbye leaves before the connection is closed', async () => {
  const { side, pc, ctl, bulk, open } = launch()
  await open()
  side.send({ type: 'transport.say', message: { kind: 'bye', reason: 'stopped' } })
  side.stop()
  expect(decoded(ctl.sent)).toEqual([{ kind: 'bye', reason: 'stopped' }])
  expect([ctl.closes, bulk.closes, pc.closes]).toEqual([1, 1, 0])
  ctl.onclose?.({})
  expect(pc.closes).toBe(1)
  expect(pc.handlers()).toEqual([])
})

test('a goodbye that nobody acknowledges holds the connection for a quarter of a second', async () => {
  const { side, pc, clock, open } = launch()
  await open()
  side.send({ type: 'transport.say', message: { kind: 'bye', reason: 'redial' } })
  side.stop()
  clock.increment(249)
  expect(pc.closes).toBe(0)
  clock.increment(1)
  expect(pc.closes).toBe(1)
  clock.increment(60_000)
  expect(pc.closes).toBe(1)
})

test('the engine can close every link though its chart never does', async () => {
  const abort = new AbortController()
  const { side, pc, open } = launch({ signal: abort.signal })
  await open()
  abort.abort()
  expect(pc.closes).toBe(1)
  side.stop()
  expect(pc.closes).toBe(1)
})

test('a goodbye said on the way out of the state that holds the transport still leaves', async () => {
  const { PeerConnection, made } = fakePeerConnections()
  const logic = createTransportLogic({ depot: createDepot(), RTCPeerConnection: PeerConnection })
  const chart = setup({ actors: { transport: logic }, types: { events: {} as { type: 'go' } } }).createMachine({
    initial: 'linked',
    states: {
      linked: {
        invoke: { id: 'transport', src: 'transport', input: { peerId: 'b', connId: CONN, epoch: 1, role: 'dialer' } },
        initial: 'open',
        states: {
          open: { on: { go: 'parting' } },
          parting: {
            entry: sendTo('transport', { type: 'transport.say', message: { kind: 'bye', reason: 'stopped' } }),
            always: '#ended',
          },
        },
      },
      ended: { id: 'ended' },
    },
  })
  const actor = createActor(chart).start()
  const [ctl, bulk] = made[0]?.channels ?? []
  actor.getSnapshot().children['transport']?.send({ type: 'transport.signal', signal: answer })
  await settled()
  ctl?.open()
  bulk?.open()
  actor.send({ type: 'go' })
  expect(actor.getSnapshot().value).toBe('ended')
  expect(decoded(ctl?.sent ?? [])).toEqual([{ kind: 'bye', reason: 'stopped' }])
  ctl?.onclose?.({})
  expect(made[0]?.closes).toBe(1)
})
