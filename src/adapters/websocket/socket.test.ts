import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createActor, fromCallback, sendTo, setup } from 'xstate'
import type { SocketCommand, SocketFact, SocketInput } from '#machines/ports'
import { LIMITS } from '#model/limits'
import { SIGNALING_PROTOCOL } from '#wire/signaling'
import type { Signal } from '#wire/signal'
import type { SocketLike } from './open-socket.ts'
import { createSocketLogic } from './socket.ts'

const limits = { frameBytes: 16_384, boxBytes: 12_288, roomPeers: 64, perSecond: 30, burst: 60, joinMs: 5_000 }
const hello = { t: 'hello', v: 1, nonce: 'n', node: 'm', ping: 25_000, limits }
const nudge: Signal = { kind: 'nudge', epoch: 1 }
const input: SocketInput = { url: 'ws://server', room: 'r', peerId: 'ada' }

/** A WebSocket played by the test. */
class FakeSocket implements SocketLike {
  static last: FakeSocket
  readyState: SocketLike['readyState'] = 0
  onmessage: SocketLike['onmessage'] = null
  onclose: SocketLike['onclose'] = null
  readonly sent: unknown[] = []
  readonly closes: unknown[] = []
  readonly url: string
  readonly protocol: string
  constructor(url: string, protocol: string) {
    this.url = url
    this.protocol = protocol
    FakeSocket.last = this
  }
  send = (text: unknown) => void this.sent.push(JSON.parse(String(text)))
  close = (code?: number) => {
    this.readyState = 2
    this.closes.push(code)
  }
  hear(frame: unknown) {
    this.readyState = 1
    const data = typeof frame === 'string' || frame instanceof ArrayBuffer ? frame : JSON.stringify(frame)
    this.onmessage?.call(this as unknown as WebSocket, new MessageEvent('message', { data }))
  }
  shut(code: number) {
    this.readyState = 3
    this.onclose?.call(
      this as unknown as WebSocket,
      Object.assign(new Event('close'), { code, reason: '', wasClean: true }),
    )
  }
}

/** A chart reduced to its ears: it records the facts and passes the commands on. */
const seat = (logic = createSocketLogic({ WebSocket: FakeSocket })) => {
  const facts: SocketFact[] = []
  const machine = setup({
    types: { events: {} as SocketFact | { type: 'command'; command: SocketCommand } },
    actors: { socket: logic, ear: fromCallback(() => {}) },
  }).createMachine({
    invoke: { src: 'socket', id: 'socket', input },
    on: {
      command: { actions: sendTo('socket', ({ event }) => event.command) },
      '*': { actions: ({ event }) => void (event.type !== 'command' && facts.push(event)) },
    },
  })
  const actor = createActor(machine).start()
  const command = (order: SocketCommand) => actor.send({ type: 'command', command: order })
  return { facts, command, stop: () => actor.stop(), socket: FakeSocket.last }
}
const online = () => {
  const seated = seat()
  seated.socket.hear(hello)
  return seated
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('what the server says becomes facts', () => {
  it('dials the address with our subprotocol and reports the hello', () => {
    const { socket, facts } = online()
    expect([socket.url, socket.protocol]).toEqual(['ws://server', SIGNALING_PROTOCOL])
    expect(facts).toEqual([{ type: 'socket.opened' }])
  })

  it.each([
    [
      { t: 'joined', peers: ['b'], ice: [], session: 's' },
      { type: 'socket.joined', peers: ['b'] },
    ],
    [
      { t: 'peer-joined', peer: 'b' },
      { type: 'socket.peerJoined', peerId: 'b' },
    ],
    [
      { t: 'peer-left', peer: 'b', why: 'timeout' },
      { type: 'socket.peerLeft', peerId: 'b', why: 'timeout' },
    ],
    [
      { t: 'signal', from: 'b', id: 1, box: JSON.stringify(nudge) },
      { type: 'socket.signal', from: 'b', signal: nudge },
    ],
    [
      { t: 'drain', retryMs: 9 },
      { type: 'socket.draining', retryMs: 9 },
    ],
  ])('%j', (frame, fact) => {
    const { socket, facts } = online()
    socket.hear(frame)
    expect(facts.slice(1)).toEqual([fact])
  })

  it.each([
    ['text that is not JSON', 'dance'],
    ['a frame of no kind', { t: 'dance' }],
    ['bytes', new ArrayBuffer(8)],
    ['a box with no signal in it', { t: 'signal', from: 'b', id: 1, box: '{}' }],
    ['a second hello', hello],
    ['a refusal of a signal that was never sent', { t: 'error', code: 'peer-gone', ref: 5 }],
  ])('%s counts as malformed, and the connection stays', (_, frame) => {
    const { socket, facts } = online()
    socket.hear(frame)
    expect(facts.slice(1)).toEqual([{ type: 'socket.malformed' }])
    expect(socket.closes).toEqual([])
  })
})

describe('what ends the connection is told once, with its fault', () => {
  const ends = { type: 'socket.refused', final: true, retryMs: 0 }
  it.each([
    [
      { ...hello, v: 2 },
      { ...ends, fault: 'signaling-malformed' },
    ],
    [
      { t: 'error', code: 'unsupported-version' },
      { ...ends, fault: 'signaling-malformed' },
    ],
    [
      { t: 'error', code: 'bad-proof' },
      { ...ends, fault: 'signaling-refused' },
    ],
    [
      { t: 'error', code: 'origin-denied' },
      { ...ends, fault: 'signaling-refused' },
    ],
    [
      { t: 'error', code: 'room-full', retryMs: 77 },
      { ...ends, final: false, fault: 'signaling-full', retryMs: 77 },
    ],
    [
      { t: 'error', code: 'rate-limited', retryMs: 34 },
      { ...ends, final: false, fault: 'signaling-refused', retryMs: 34 },
    ],
    [
      { t: 'error', code: 'join-timeout' },
      { ...ends, final: false, fault: 'signaling-refused', retryMs: 5_000 },
    ],
  ])('%j', (frame, fact) => {
    const { socket, facts } = seat()
    socket.hear(frame)
    socket.shut(4003)
    socket.hear({ t: 'peer-joined', peer: 'b' })
    expect(facts).toEqual([fact])
    expect(socket.closes).toEqual([1000])
  })

  it.each([
    [4001, [{ ...ends, fault: 'signaling-replaced' }]],
    [4003, [{ ...ends, fault: 'signaling-refused' }]],
    [1013, [{ ...ends, final: false, fault: 'signaling-refused', retryMs: 5_000 }]],
    [1007, [{ ...ends, final: false, fault: 'signaling-refused', retryMs: 5_000 }]],
    [
      1012,
      [
        { type: 'socket.draining', retryMs: 1_000 },
        { type: 'socket.closed', fault: 'signaling-unreachable' },
      ],
    ],
    [1006, [{ type: 'socket.closed', fault: 'signaling-unreachable' }]],
    [1000, [{ type: 'socket.closed', fault: 'signaling-unreachable' }]],
  ])('a close with %i', (code, expected) => {
    const { socket, facts } = seat()
    socket.shut(code)
    socket.shut(code)
    expect(facts).toEqual(expected)
  })

  it('says when to come back as the server said it, and not again at the close', () => {
    const { socket, facts } = online()
    socket.hear({ t: 'drain', retryMs: 9 })
    socket.shut(1012)
    expect(facts.map(({ type }) => type)).toEqual(['socket.opened', 'socket.draining', 'socket.closed'])
  })

  it('refuses what is no address for good', () => {
    const { facts } = seat(
      createSocketLogic({
        WebSocket: class extends FakeSocket {
          constructor(url: string, protocol: string) {
            super(url, protocol)
            throw new SyntaxError('bad url')
          }
        },
      }),
    )
    expect(facts).toEqual([{ ...ends, fault: 'signaling-url' }])
  })
})

describe('commands become frames', () => {
  it('joins, sends and leaves', () => {
    const { socket, command } = online()
    command({ type: 'socket.join' })
    command({ type: 'socket.send', to: 'b', id: 1, signal: nudge })
    command({ type: 'socket.leave' })
    expect(socket.sent).toEqual([
      { t: 'join', room: 'r', peer: 'ada' },
      { t: 'signal', to: 'b', id: 1, box: JSON.stringify(nudge) },
      { t: 'leave' },
    ])
    expect(socket.closes).toEqual([1000])
  })

  it('tells a refusal of one signal by its device, once', () => {
    const { socket, command, facts } = online()
    command({ type: 'socket.send', to: 'b', id: 1, signal: nudge })
    socket.hear({ t: 'error', code: 'peer-gone', ref: 1 })
    socket.hear({ t: 'error', code: 'peer-gone', ref: 1 })
    expect(facts.slice(1)).toEqual([{ type: 'socket.peerGone', peerId: 'b' }, { type: 'socket.malformed' }])
  })

  it('keeps a signal too large for the server to itself', () => {
    const { socket, command, facts } = online()
    command({
      type: 'socket.send',
      to: 'b',
      id: 1,
      signal: { kind: 'offer', connId: 'c', epoch: 1, sdp: 'x'.repeat(LIMITS.signalBytes) },
    })
    command({
      type: 'socket.send',
      to: 'c',
      id: 2,
      signal: { kind: 'offer', connId: 'c', epoch: 1, sdp: '\\'.repeat(5_000) },
    })
    expect(socket.sent).toEqual([])
    expect(facts.slice(1)).toEqual([
      { type: 'socket.peerGone', peerId: 'b' },
      { type: 'socket.peerGone', peerId: 'c' },
    ])
  })

  it('paces itself by the limits of the server, loses nothing and keeps the order', () => {
    const { socket, command } = online()
    for (let id = 0; id < 300; id += 1) command({ type: 'socket.send', to: 'b', id, signal: nudge })
    expect(socket.sent).toHaveLength(30)
    vi.advanceTimersByTime(1_000)
    expect(socket.sent).toHaveLength(55)
    vi.advanceTimersByTime(10_000)
    expect(socket.sent).toEqual(Array.from({ length: 300 }, (_, id) => expect.objectContaining({ id })))
  })

  it('ends the connection rather than queue without end', () => {
    const { socket, command, facts } = online()
    for (let id = 0; id < 2_000; id += 1) command({ type: 'socket.send', to: 'b', id, signal: nudge })
    expect(facts.slice(1)).toEqual([
      { type: 'socket.refused', fault: 'signaling-refused', final: false, retryMs: 5_000 },
    ])
    expect(socket.closes).toEqual([1000])
  })
})

describe('after the end', () => {
  it('a stopped actor sends nothing, tells nothing and closes once', () => {
    const { socket, command, stop, facts } = online()
    for (let id = 0; id < 60; id += 1) command({ type: 'socket.send', to: 'b', id, signal: nudge })
    stop()
    expect(vi.getTimerCount()).toBe(0)
    socket.hear({ t: 'peer-joined', peer: 'b' })
    socket.shut(1006)
    expect(socket.sent).toHaveLength(30)
    expect(facts).toEqual([{ type: 'socket.opened' }])
    expect(socket.closes).toEqual([1000])
  })

  it('obeys the signal of its owner as it obeys a stop', () => {
    const owner = new AbortController()
    const { socket, stop } = seat(createSocketLogic({ WebSocket: FakeSocket, signal: owner.signal }))
    owner.abort()
    expect(socket.closes).toEqual([1000])
    stop()
    expect(socket.closes).toEqual([1000])
    expect(socket.onmessage).toBeNull()
  })
})
