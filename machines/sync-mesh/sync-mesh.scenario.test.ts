import { describe, expect, test } from 'vitest'
import { meshScenario } from '../../tests/support/mesh-scenario.ts'
import { LIMITS } from '#model/limits'
import { MAX_ATTEMPTS, TIMINGS } from '../kit/timings.ts'
import { isLaterAttempt } from '../sync-peer/sync-peer.attempts.ts'

const states = (run: ReturnType<typeof meshScenario>) =>
  Object.fromEntries(run.view().peers.map(({ peerId, state }) => [peerId, state]))
const isDown = { type: 'socket.closed', fault: 'signaling-unreachable' } as const
/** Linked to `z` by the server. */
const linked = () => {
  const run = meshScenario()
  run.join('z')
  run.connect('z')
  return run
}

describe('the server', () => {
  test('tells who is there, and carries our offers', () => {
    const run = meshScenario()
    expect(run.view()).toMatchObject({ rendezvous: 'searching', peers: [] })
    run.join('z')
    run.link('z', {
      type: 'link.signal',
      signal: { kind: 'offer', connId: 'm.z.1000.0.1', epoch: 1_000, session: 'AQ' },
    })
    const socket = run.born.find(({ src }) => src === 'socket')
    expect(socket?.commands.at(-1)).toMatchObject({ type: 'socket.send', to: 'z', signal: { kind: 'offer' } })
    expect(run.view()).toMatchObject({ rendezvous: 'viaServer', signaling: { connected: true } })
  })

  test('may be lost while linked: the link stays; back again, a third device joins', () => {
    const run = linked()
    run.server(isDown)
    expect(run.view()).toMatchObject({ rendezvous: 'searching', signaling: { connected: false } })
    expect(states(run)).toEqual({ z: 'connected' })
    run.clock.increment(TIMINGS.backoffBase)
    run.join('z', 'y')
    expect(states(run)).toEqual({ z: 'connected', y: 'connecting' })
    run.connect('y')
    expect(states(run)).toEqual({ z: 'connected', y: 'connected' })
    expect(run.born.filter(({ src }) => src === 'transport')).toHaveLength(2)
  })

  test('given up: stranded without a link, linked with one, and back by the server', () => {
    const run = linked()
    for (let i = 0; i < MAX_ATTEMPTS.signaling; i++) {
      run.server(isDown)
      run.clock.increment(run.view().signaling.retryInMs ?? 0)
    }
    expect(run.view()).toMatchObject({ rendezvous: 'linked', signaling: { state: 'gaveUp' } })
    run.link('z', { type: 'link.failed', fault: 'link-failed' })
    expect(run.view().rendezvous).toBe('stranded')
    expect(run.peer('z')).toMatchObject({ state: 'absent', fault: 'link-failed' })
    run.send({ type: 'mesh.retry' })
    run.join('z')
    expect(run.view().rendezvous).toBe('viaServer')
    expect(states(run)).toEqual({ z: 'connecting' })
  })

  test('can be set and taken away at run time', () => {
    const run = meshScenario({ signalingUrl: null })
    expect(run.view()).toMatchObject({ rendezvous: 'alone', signaling: { state: 'offline', fault: 'signaling-off' } })
    run.send({ type: 'mesh.setSignaling', url: 'wss://other.example.org' })
    expect(run.view().rendezvous).toBe('searching')
    run.join('z')
    run.connect('z')
    run.send({ type: 'mesh.setSignaling', url: null })
    expect(run.view().rendezvous).toBe('linked')
    expect(states(run)).toEqual({ z: 'connected' })
  })
})

describe('another network', () => {
  test('gets another socket, keeps the links, and seeks their paths when the roster is back', () => {
    const run = linked()
    const transport = run.born.find(({ src }) => src === 'transport')
    const restarts = () => transport?.commands.filter(({ type }) => type === 'transport.restartIce')
    run.mesh.send({ type: 'network.changed' })
    expect(run.view()).toMatchObject({ rendezvous: 'searching', signaling: { state: 'dialing' } })
    expect([states(run), restarts()]).toEqual([{ z: 'recovering' }, []])
    run.join('z')
    expect(restarts()).toHaveLength(1)
    run.link('z', { type: 'link.restored' })
    expect([states(run), run.view().rendezvous]).toEqual([{ z: 'connected' }, 'viaServer'])
    expect(run.born.filter(({ src }) => src === 'transport')).toHaveLength(1)
  })
})

describe('who is a member', () => {
  test('devices met before are shown while out of reach, strangers that leave are not', () => {
    const run = meshScenario({ knownPeers: ['k'] })
    expect(states(run)).toEqual({ k: 'absent' })
    run.join('z')
    expect(states(run)).toEqual({ k: 'absent', z: 'connecting' })
    run.server({ type: 'socket.peerLeft', peerId: 'z', why: 'left' })
    expect(states(run)).toEqual({ k: 'absent' })
  })

  test('a device that signals before the roster tells of it is welcome', () => {
    const run = meshScenario()
    run.join()
    const offer = { kind: 'offer', connId: 'a.m.9.0.1', epoch: 9, session: 'AQ' } as const
    run.server({ type: 'socket.signal', from: 'a', signal: offer })
    expect(states(run)).toEqual({ a: 'connecting' })
    const transport = run.born.findLast(({ src }) => src === 'transport')
    expect(transport).toMatchObject({ input: { connId: 'a.m.9.0.1', role: 'answerer' } })
    expect(transport?.commands).toEqual([{ type: 'transport.signal', signal: offer }])
  })

  test('beyond the limit devices are listed and not dialed, and promoted when another leaves', () => {
    const run = meshScenario({ maxDirectPeers: 1 })
    run.join('y', 'z')
    expect(run.view()).toMatchObject({ beyondLimit: ['z'] })
    expect(run.peer('z')).toMatchObject({ state: 'absent', link: 'beyondLimit' })
    run.server({ type: 'socket.peerLeft', peerId: 'y', why: 'left' })
    expect(run.view().beyondLimit).toEqual([])
    expect(states(run)).toEqual({ z: 'connecting' })
  })

  test('beyond the limit a device that asks for a link gets one', () => {
    const run = meshScenario({ maxDirectPeers: 1 })
    run.join('y', 'z')
    run.server({ type: 'socket.signal', from: 'z', signal: { kind: 'nudge', epoch: 9 } })
    expect(states(run)).toEqual({ y: 'connecting', z: 'connecting' })
  })

  test('a forgotten device is gone, and a stranger when it comes again', () => {
    const run = linked()
    run.send({ type: 'mesh.forget', peerId: 'z' })
    expect(run.view().peers).toEqual([])
    run.server({ type: 'socket.peerJoined', peerId: 'z' })
    expect(states(run)).toEqual({ z: 'connecting' })
  })

  test('a million strangers make no more actors than a room holds', () => {
    const run = meshScenario({ maxDirectPeers: 2 })
    run.join(...Array.from({ length: 1_000 }, (_, i) => `s${i}`))
    expect(run.born.filter(({ src }) => src === 'transport')).toHaveLength(2)
  })
})

describe('bounds', () => {
  test('a signal from one more than a roster holds is not delivered, and harms nobody', () => {
    const run = meshScenario({ maxDirectPeers: 1 })
    run.join(...Array.from({ length: LIMITS.signalingRoster }, (_, i) => `s${i}`))
    run.server({ type: 'socket.signal', from: 'zz', signal: { kind: 'nudge', epoch: 9 } })
    expect(run.mesh.getSnapshot().status).toBe('active')
    expect(run.view().peers).toHaveLength(LIMITS.signalingRoster)
    expect(run.peer('zz')).toBeUndefined()
  })

  test('of a thousand invented devices that ask for a link no more get one than fill a room', () => {
    const run = meshScenario()
    run.join('z')
    run.connect('z')
    for (let i = 0; i < 1_000; i++)
      run.server({ type: 'socket.signal', from: `s${i}`, signal: { kind: 'nudge', epoch: 9 } })
    expect(run.born.filter(({ src }) => src === 'transport')).toHaveLength(LIMITS.roomPeers)
    expect(states(run)).toMatchObject({ z: 'connected', s1: 'connecting', s999: 'absent' })
  })

  test('a server that makes devices come and go without end is believed some hundreds of them a minute', () => {
    const run = meshScenario()
    run.join('z')
    run.connect('z')
    const transports = () => run.born.filter(({ src }) => src === 'transport').length
    const parade = () => {
      for (let i = 0; i < 1_000; i++) {
        run.server({ type: 'socket.peerJoined', peerId: `s${i % 2}` })
        run.server({ type: 'socket.peerLeft', peerId: `s${i % 2}`, why: 'left' })
      }
    }
    parade()
    expect(transports()).toBe(LIMITS.strangersPerMinute)
    expect(states(run)).toEqual({ z: 'connected' })
    run.server({ type: 'socket.peerJoined', peerId: 'y' })
    expect(states(run)).toEqual({ y: 'absent', z: 'connected' })
    run.clock.increment(TIMINGS.strangers)
    expect(states(run)).toMatchObject({ y: 'connecting' })
  })

  test('of the devices met before, those linked longest ago are forgotten, but none in sight', () => {
    const knownPeers = Array.from({ length: LIMITS.ledgerPeers }, (_, i) => `k${i}`)
    const run = meshScenario({ knownPeers })
    run.join('k0', 'y', 'z')
    for (const peerId of ['z', 'y']) run.connect(peerId)
    const { met, peers } = run.mesh.getSnapshot().context
    expect([met.length, peers.length]).toEqual([LIMITS.ledgerPeers, LIMITS.ledgerPeers])
    expect(['k0', 'k1', 'k2', 'k3', 'y', 'z'].filter((id) => met.includes(id))).toEqual(['k0', 'k3', 'y', 'z'])
    expect(run.peer('k1')).toBeUndefined()
  })

  test('to be linked again counts as met last', () => {
    const knownPeers = Array.from({ length: LIMITS.ledgerPeers }, (_, i) => `p${i}`)
    const run = meshScenario({ knownPeers })
    run.join('p0', 'z')
    run.connect('p0')
    expect(run.mesh.getSnapshot().context.met.at(-1)).toBe('p0')
  })
})

describe('an actor made anew in the same epoch', () => {
  const names = (run: ReturnType<typeof meshScenario>) =>
    run.born.filter(({ src }) => src === 'transport').map(({ input }) => (input as { connId: string }).connId)
  const devices = { dialer: 'm', answerer: 'z' }

  test.each([
    ['forgotten and met again', (run: ReturnType<typeof linked>) => run.send({ type: 'mesh.forget', peerId: 'z' })],
    ['crashed', (run: ReturnType<typeof linked>) => run.crash('z')],
  ])('%s: its offers are later than all before, so that the other side answers', (_, lose) => {
    const run = linked()
    run.link('z', { type: 'link.failed', fault: 'link-failed' })
    const before = names(run)
    lose(run)
    run.clock.increment(TIMINGS.backoffBase)
    run.server({ type: 'socket.peerJoined', peerId: 'z' })
    const [first = ''] = names(run).slice(before.length)
    expect(isLaterAttempt(first, before.at(-1) ?? '', devices)).toBe(true)
  })

  test('a mesh made anew after a crash begins beyond what the last one may have reached', () => {
    const [last = '', next = ''] = [0, 1].map((generation) => {
      const run = meshScenario({ generation })
      for (let i = 0; i < 3; i++) {
        run.send({ type: 'mesh.forget', peerId: 'z' })
        if (i === 0) run.join('z')
        else run.server({ type: 'socket.peerJoined', peerId: 'z' })
      }
      return names(run).at(generation === 0 ? -1 : 0)
    })
    expect(isLaterAttempt(next, last, devices)).toBe(true)
  })
})

describe('bugs', () => {
  test('a peer that crashes is made anew after a pause, and links again', () => {
    const run = linked()
    run.crash('z')
    expect(run.peer('z')).toMatchObject({ state: 'waiting', link: 'crashed', fault: 'internal' })
    expect(run.view().rendezvous).toBe('viaServer')
    run.clock.increment(TIMINGS.backoffBase)
    expect(states(run)).toEqual({ z: 'connecting' })
    run.connect('z')
    expect(states(run)).toEqual({ z: 'connected' })
  })

  test('signaling that crashes is made anew, and links stay', () => {
    const run = linked()
    run.born.find(({ src }) => src === 'socket')?.end({ error: 'a bug' })
    expect(run.view()).toMatchObject({ rendezvous: 'mending', signaling: { connected: false, fault: 'internal' } })
    expect(states(run)).toEqual({ z: 'connected' })
    run.clock.increment(TIMINGS.backoffBase)
    run.join('z')
    expect(run.view().rendezvous).toBe('viaServer')
  })
})

test('a closing mesh says goodbye to every linked device, then ends with nothing left running', () => {
  const run = linked()
  const transport = run.born.find(({ src }) => src === 'transport')
  run.send({ type: 'mesh.close' })
  expect(transport?.commands.at(-1)).toEqual({ type: 'transport.say', message: { kind: 'bye', reason: 'stopped' } })
  expect(run.mesh.getSnapshot().status).toBe('done')
  expect(run.born.filter(({ status }) => status === 'running')).toEqual([])
})
