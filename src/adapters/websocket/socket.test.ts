import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LIMITS } from '#model/limits'
import { drained } from '#sim/drained'
import type { SocketTrust } from '#trust/socket-trust.types'
import { SIGNALING_PROTOCOL } from '#wire/signaling'
import { createSocketLogic } from './socket.ts'
import { boxOf, FakeSocket, glass, hello, nudge, online, proof, seat } from './socket.testing.ts'

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
      { t: 'signal', from: 'b', id: 1, box: boxOf('b', nudge) },
      { type: 'socket.signal', from: 'b', signal: nudge },
    ],
    [
      { t: 'drain', retryMs: 9 },
      { type: 'socket.draining', retryMs: 9 },
    ],
  ])('%j', async (frame, fact) => {
    const { socket, facts } = online()
    socket.hear(frame)
    await drained()
    expect(facts.slice(1)).toEqual([fact])
  })

  it.each([
    ['text that is not JSON', 'dance'],
    ['a frame of no kind', { t: 'dance' }],
    ['bytes', new ArrayBuffer(8)],
    ['a signal without a box', { t: 'signal', from: 'b', id: 1 }],
    ['a second hello', hello],
    ['a refusal of a signal that was never sent', { t: 'error', code: 'peer-gone', ref: 5 }],
  ])('%s counts as malformed, and the connection stays', async (_, frame) => {
    const { socket, facts } = online()
    socket.hear(frame)
    await drained()
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
      { ...ends, fault: 'signaling-unproven' },
    ],
    [
      { t: 'error', code: 'auth-required' },
      { ...ends, fault: 'signaling-pass' },
    ],
    [
      { t: 'error', code: 'token-expired' },
      { ...ends, fault: 'signaling-pass' },
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
        trust: glass,
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
  it('joins with a proof over the nonce of the server, sends boxes and leaves', async () => {
    const claims: unknown[] = []
    const prove: SocketTrust['prove'] = async (claim) => {
      claims.push(claim)
      return proof
    }
    const { socket, command } = online({ prove })
    command({ type: 'socket.join' })
    command({ type: 'socket.send', to: 'b', id: 1, signal: nudge })
    await drained()
    command({ type: 'socket.leave' })
    expect(claims).toEqual([{ room: 'r', peer: 'ada', nonce: 'n' }])
    expect(socket.sent).toEqual([
      { t: 'join', room: 'r', peer: 'ada', ...proof },
      { t: 'signal', to: 'b', id: 1, box: `for b: ${JSON.stringify(nudge)}` },
      { t: 'leave' },
    ])
    expect(socket.closes).toEqual([1000])
  })

  it('tells of the TURN servers that a join brings', () => {
    const told: unknown[] = []
    const onIceServers = (servers: readonly unknown[]) => void told.push(servers)
    const { socket } = seat(createSocketLogic({ WebSocket: FakeSocket, trust: glass, onIceServers }))
    const ice = [{ urls: 'turn:x', username: '1:ada', credential: 'c' }]
    socket.hear(hello)
    socket.hear({ t: 'joined', peers: [], ice, session: 's' })
    expect(told).toEqual([ice])
  })

  it('tells a refusal of one signal by its device, once', async () => {
    const { socket, command, facts } = online()
    command({ type: 'socket.send', to: 'b', id: 1, signal: nudge })
    await drained()
    socket.hear({ t: 'error', code: 'peer-gone', ref: 1 })
    socket.hear({ t: 'error', code: 'peer-gone', ref: 1 })
    expect(facts.slice(1)).toEqual([{ type: 'socket.peerGone', peerId: 'b' }, { type: 'socket.malformed' }])
  })

  it('keeps a signal too large for the server to itself', async () => {
    const { socket, command, facts } = online()
    command({
      type: 'socket.send',
      to: 'b',
      id: 1,
      signal: { kind: 'offer', connId: 'c', epoch: 1, session: 'x'.repeat(LIMITS.signalBytes) },
    })
    command({
      type: 'socket.send',
      to: 'c',
      id: 2,
      signal: { kind: 'offer', connId: 'c', epoch: 1, session: '\\'.repeat(5_000) },
    })
    await drained()
    expect(socket.sent).toEqual([])
    expect(facts.slice(1)).toEqual([
      { type: 'socket.peerGone', peerId: 'b' },
      { type: 'socket.peerGone', peerId: 'c' },
    ])
  })

  it('paces itself by the limits of the server, loses nothing and keeps the order', async () => {
    const { socket, command } = online()
    for (let id = 0; id < 300; id += 1) command({ type: 'socket.send', to: 'b', id, signal: nudge })
    await drained()
    expect(socket.sent).toHaveLength(30)
    vi.advanceTimersByTime(1_000)
    expect(socket.sent).toHaveLength(55)
    vi.advanceTimersByTime(10_000)
    expect(socket.sent).toEqual(Array.from({ length: 300 }, (_, id) => expect.objectContaining({ id })))
  })

  it('ends the connection rather than queue without end', async () => {
    const { socket, command, facts } = online()
    for (let id = 0; id < 2_000; id += 1) command({ type: 'socket.send', to: 'b', id, signal: nudge })
    expect(facts.slice(1)).toEqual([
      { type: 'socket.refused', fault: 'signaling-refused', final: false, retryMs: 5_000 },
    ])
    expect(socket.closes).toEqual([1000])
  })
})

describe('after the end', () => {
  it('a stopped actor sends nothing, tells nothing and closes once', async () => {
    const { socket, command, stop, facts } = online()
    for (let id = 0; id < 60; id += 1) command({ type: 'socket.send', to: 'b', id, signal: nudge })
    await drained()
    stop()
    expect(vi.getTimerCount()).toBe(0)
    socket.hear({ t: 'peer-joined', peer: 'b' })
    socket.shut(1006)
    expect(socket.sent).toHaveLength(30)
    expect(facts).toEqual([{ type: 'socket.opened' }])
    expect(socket.closes).toEqual([1000])
  })

  it('obeys the signal of its owner as it obeys a stop', async () => {
    const owner = new AbortController()
    const { socket, stop } = seat(createSocketLogic({ WebSocket: FakeSocket, trust: glass, signal: owner.signal }))
    owner.abort()
    expect(socket.closes).toEqual([1000])
    stop()
    expect(socket.closes).toEqual([1000])
    expect(socket.onmessage).toBeNull()
  })
})
