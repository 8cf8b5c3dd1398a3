import { describe, expect, it, vi } from 'vitest'
import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import { drained } from '#sim/drained'
import type { Opened, SocketTrust } from '#trust/socket-trust.types'
import { bytesOf } from './signal-text.ts'
import { createSocketLogic } from './socket.ts'
import { boxOf, FakeSocket, glass, held, hello, nudge, online, proof, seat } from './socket.testing.ts'

describe('what comes in boxes', () => {
  it.each(['forged', 'replayed'])('is not heard where it is %s, and costs the connection nothing', async (box) => {
    const { socket, facts } = online()
    for (let id = 0; id < 2 * LIMITS.malformedPerSocket; id++) socket.hear({ t: 'signal', from: 'b', id, box })
    socket.hear({ t: 'signal', from: 'b', id: 99, box: boxOf('b', nudge) })
    await drained()
    expect(facts.slice(1)).toEqual([{ type: 'socket.signal', from: 'b', signal: nudge }])
    expect(socket.closes).toEqual([])
  })

  it.each([
    ['is no box', '{}'],
    ['opens and holds no signal', boxOf('b', {})],
    ['opens and holds a session that is none', boxOf('b', { kind: 'offer', connId: 'c', epoch: 1, session: 'v=0' })],
  ])('counts against its sender where it %s: in the end that one is not listened to', async (_, nonsense) => {
    const opening = vi.fn<SocketTrust['open']>(glass.open)
    const { socket, facts } = online({ open: opening })
    const say = async (from: string, box: string) => {
      socket.hear({ t: 'signal', from, id: 1, box })
      await drained()
    }
    for (let id = 0; id < 2 * LIMITS.malformedPerSocket; id++) await say('b', nonsense)
    await say('b', boxOf('b', nudge))
    expect([facts.slice(1), socket.closes, opening.mock.calls.length]).toEqual([[], [], LIMITS.malformedPerSocket])
    await say('c', boxOf('c', nudge))
    socket.hear({ t: 'peer-joined', peer: 'b' })
    await say('b', boxOf('b', nudge))
    expect(facts.slice(1)).toEqual([
      { type: 'socket.signal', from: 'c', signal: nudge },
      { type: 'socket.peerJoined', peerId: 'b' },
      { type: 'socket.signal', from: 'b', signal: nudge },
    ])
  })

  it('keeps its place among what else is heard, however long it takes to open', async () => {
    const [first, second] = [held<Opened>(), held<Opened>()]
    const opens = [first, second]
    const { socket, facts } = online({ open: () => opens.shift()?.promise ?? Promise.reject(new Error('no more')) })
    socket.hear({ t: 'joined', peers: ['b'], ice: [], session: 's' })
    socket.hear({ t: 'signal', from: 'b', id: 1, box: 'one' })
    socket.hear({ t: 'signal', from: 'b', id: 2, box: 'two' })
    socket.hear({ t: 'peer-left', peer: 'b', why: 'left' })
    socket.shut(1006)
    second.resolve({ ok: true, plain: bytesOf({ kind: 'nudge', epoch: 2 }) })
    await drained()
    expect(facts.map(({ type }) => type)).toEqual(['socket.opened', 'socket.joined'])
    first.resolve({ ok: true, plain: bytesOf(nudge) })
    await drained()
    expect(facts.slice(2)).toEqual([
      { type: 'socket.signal', from: 'b', signal: nudge },
      { type: 'socket.signal', from: 'b', signal: { kind: 'nudge', epoch: 2 } },
      { type: 'socket.peerLeft', peerId: 'b', why: 'left' },
      { type: 'socket.closed', fault: 'signaling-unreachable' },
    ])
  })

  it('in numbers that cannot be opened in time ends the connection', async () => {
    const { socket, facts } = online({ open: () => held<Opened>().promise })
    for (let id = 0; id <= LIMITS.signalsPaced; id++) socket.hear({ t: 'signal', from: 'b', id, box: 'x' })
    expect(facts.slice(1)).toEqual([
      { type: 'socket.refused', fault: 'signaling-malformed', final: false, retryMs: 5_000 },
    ])
  })
})

describe('what goes out under keys', () => {
  it('shows the pass of the operator as it is at the moment of the join, and none where there is none', async () => {
    let pass: string | undefined
    for (const now of ['pass-1', undefined]) {
      const { socket, command } = seat(createSocketLogic({ WebSocket: FakeSocket, trust: glass, token: () => pass }))
      socket.hear(hello)
      pass = now
      command({ type: 'socket.join' })
      await drained()
      expect(socket.sent).toEqual([{ t: 'join', room: 'r', peer: 'ada', ...proof, ...(now && { token: now }) }])
    }
  })

  it('keeps the order of what it sends, however long a proof or a box takes', async () => {
    const [proving, sealing] = [held<typeof proof>(), held<string>()]
    const seal: SocketTrust['seal'] = (to) => (to === 'slow' ? sealing.promise : Promise.resolve(`box for ${to}`))
    const { socket, command } = online({ prove: () => proving.promise, seal })
    command({ type: 'socket.join' })
    for (const [id, to] of ['b', 'slow', 'c'].entries()) command({ type: 'socket.send', to, id, signal: nudge })
    await drained()
    expect(socket.sent).toEqual([])
    proving.resolve(proof)
    await drained()
    expect(socket.sent).toHaveLength(2)
    sealing.resolve('late')
    await drained()
    expect(socket.sent.slice(1)).toEqual([
      { t: 'signal', to: 'b', id: 0, box: 'box for b' },
      { t: 'signal', to: 'slow', id: 1, box: 'late' },
      { t: 'signal', to: 'c', id: 2, box: 'box for c' },
    ])
  })

  it('ends the connection where no proof can be made, and tells a signal that cannot be sealed as undelivered', async () => {
    const broken = () => Promise.reject(new FieldmeshError('crypto-missing'))
    const unproven = online({ prove: broken })
    unproven.command({ type: 'socket.join' })
    const unsealed = online({ seal: broken })
    unsealed.command({ type: 'socket.send', to: 'b', id: 1, signal: nudge })
    await drained()
    expect(unproven.facts.slice(1)).toEqual([
      { type: 'socket.refused', fault: 'crypto-missing', final: false, retryMs: 5_000 },
    ])
    expect(unsealed.facts.slice(1)).toEqual([{ type: 'socket.peerGone', peerId: 'b' }])
    expect([unproven.socket.sent, unsealed.socket.sent]).toEqual([[], []])
  })

  it.each(['a stop', 'the signal of its owner'])('what was under way at %s is neither sent nor told', async (how) => {
    const owner = new AbortController()
    const [proving, sealing, opening] = [held<typeof proof>(), held<string>(), held<Opened>()]
    const trust = { prove: () => proving.promise, seal: () => sealing.promise, open: () => opening.promise }
    const { socket, command, stop, facts } = seat(
      createSocketLogic({ WebSocket: FakeSocket, trust, signal: owner.signal }),
    )
    socket.hear(hello)
    command({ type: 'socket.join' })
    command({ type: 'socket.send', to: 'b', id: 1, signal: nudge })
    socket.hear({ t: 'signal', from: 'b', id: 1, box: 'x' })
    socket.hear({ t: 'peer-joined', peer: 'c' })
    if (how === 'a stop') stop()
    else owner.abort()
    // As a browser's socket, which closes in its own time.
    socket.readyState = 1
    proving.resolve(proof)
    sealing.resolve('box')
    opening.resolve({ ok: true, plain: bytesOf(nudge) })
    await drained()
    expect([socket.sent, facts]).toEqual([[], [{ type: 'socket.opened' }]])
  })
})
