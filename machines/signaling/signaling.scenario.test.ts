import { describe, expect, test } from 'vitest'
import {
  exhaust,
  goOnline,
  lose,
  passWait,
  type Run,
  signal,
  sockets,
  start,
  url,
  view,
} from '../../tests/support/signaling-scenario.ts'
import { TIMINGS } from '../kit/timings.ts'

describe('the way up', () => {
  test('greets, joins and tells the mesh who is there', () => {
    const run = start()
    expect(run.child('socket').input).toEqual({ url, room: 'room', peerId: 'ann' })
    expect(view(run)).toEqual({ state: 'dialing', connected: false, attempt: 0 })
    run.send({ type: 'socket.opened' })
    expect(run.child('socket').commands).toEqual([{ type: 'socket.join' }])
    run.send({ type: 'socket.joined', peers: ['bob', 'cy'] })
    expect(view(run)).toEqual({ state: 'online', connected: true, attempt: 0 })
    expect(run.reports).toEqual([{ type: 'signaling.online', peers: ['bob', 'cy'] }])
    run.stop()
  })

  test.each([
    ['does not say hello', TIMINGS.socketDial, () => {}],
    ['does not answer the join', TIMINGS.socketJoin, (run: Run) => run.send({ type: 'socket.opened' })],
  ])('a server that %s in time is unreachable', (_what, limit, before) => {
    const run = start()
    before(run)
    run.clock.increment(limit - 1)
    expect(sockets(run)).toBe(1)
    expect(run.child('socket').status).toBe('running')
    run.clock.increment(1)
    expect(view(run)).toMatchObject({ state: 'waiting', fault: 'signaling-unreachable', attempt: 1 })
    expect(run.child('socket').status).toBe('stopped')
    expect(run.reports).toEqual([{ type: 'signaling.down', fault: 'signaling-unreachable' }])
    run.stop()
  })
})

describe('online', () => {
  test('what the server says about others reaches the mesh', () => {
    const run = start()
    goOnline(run)
    run.send({ type: 'socket.peerJoined', peerId: 'cy' })
    run.send({ type: 'socket.signal', from: 'cy', signal })
    run.send({ type: 'socket.peerGone', peerId: 'dan' })
    run.send({ type: 'socket.peerLeft', peerId: 'cy', why: 'node-lost' })
    expect(run.reports.slice(1)).toEqual([
      { type: 'signaling.peerJoined', peerId: 'cy' },
      { type: 'signaling.received', from: 'cy', signal },
      { type: 'signaling.peerGone', peerId: 'dan' },
      { type: 'signaling.peerLeft', peerId: 'cy', why: 'node-lost' },
    ])
    run.stop()
  })

  test('signals are numbered upward, on every socket from 1', () => {
    const run = start()
    const ids = () => run.child('socket').commands.flatMap((c) => ('id' in c ? [c.id] : []))
    goOnline(run)
    run.send({ type: 'signaling.send', to: 'bob', signal })
    run.send({ type: 'signaling.send', to: 'cy', signal })
    expect(run.child('socket').commands.at(-1)).toEqual({ type: 'socket.send', to: 'cy', id: 2, signal })
    expect(ids()).toEqual([1, 2])
    lose(run)
    passWait(run)
    goOnline(run)
    run.send({ type: 'signaling.send', to: 'bob', signal })
    expect(ids()).toEqual([1])
    run.stop()
  })

  test.each([
    ['offline', start({ url: null })],
    ['dialing', start()],
  ])('a signal that cannot be sent while %s is reported, not swallowed', (state, run) => {
    expect(view(run).state).toBe(state)
    run.send({ type: 'signaling.send', to: 'bob', signal })
    expect(run.reports).toEqual([{ type: 'signaling.undelivered', to: 'bob' }])
    run.stop()
  })

  test('the page saying offline does not close a live socket', () => {
    const run = start()
    goOnline(run)
    run.send({ type: 'page.offline' })
    run.send({ type: 'page.frozen' })
    expect(view(run).connected).toBe(true)
    expect(sockets(run)).toBe(1)
    run.stop()
  })

  test.each(['network.changed', 'page.online'] as const)(
    '%s may have killed the socket without a word: it is replaced at once, and once only',
    (type) => {
      const run = start()
      goOnline(run)
      const old = run.child('socket')
      run.send({ type })
      run.send({ type })
      expect(old.commands.at(-1)).toEqual({ type: 'socket.leave' })
      expect(run.children.map(({ status }) => status)).toEqual(['stopped', 'running'])
      expect(view(run)).toEqual({ state: 'dialing', connected: false, fault: 'signaling-unreachable', attempt: 0 })
      expect(run.reports.at(-1)).toEqual({ type: 'signaling.down', fault: 'signaling-unreachable' })
      goOnline(run)
      expect(view(run)).toEqual({ state: 'online', connected: true, attempt: 0 })
      run.stop()
    },
  )

  test('a sleep so long that the server has dropped us gets a new socket; a nap keeps it', () => {
    const run = start()
    goOnline(run)
    run.send({ type: 'page.woke', gapMs: TIMINGS.socketStale - 1 })
    expect(sockets(run)).toBe(1)
    run.send({ type: 'page.woke', gapMs: TIMINGS.socketStale })
    expect(run.children.map(({ status }) => status)).toEqual(['stopped', 'running'])
    expect(view(run)).toEqual({ state: 'dialing', connected: false, fault: 'signaling-unreachable', attempt: 0 })
    expect(run.reports.at(-1)).toEqual({ type: 'signaling.down', fault: 'signaling-unreachable' })
    run.stop()
  })

  test('the third frame that is not the protocol ends the socket; a new socket starts with a clean sheet', () => {
    const run = start()
    goOnline(run)
    run.send({ type: 'socket.malformed' })
    run.send({ type: 'socket.malformed' })
    expect(view(run).connected).toBe(true)
    run.send({ type: 'socket.malformed' })
    expect(view(run)).toMatchObject({ state: 'waiting', fault: 'signaling-malformed' })
    passWait(run)
    run.send({ type: 'socket.malformed' })
    run.send({ type: 'socket.malformed' })
    expect(view(run).state).toBe('dialing')
    run.stop()
  })
})

describe('the address', () => {
  test('another server: leaves the old room, closes the old socket, calls the new one at once', () => {
    const run = start()
    goOnline(run)
    const old = run.child('socket')
    run.send({ type: 'signaling.setUrl', url: 'wss://other.example.org' })
    expect(old.commands.at(-1)).toEqual({ type: 'socket.leave' })
    expect(old.status).toBe('stopped')
    expect(run.child('socket').input).toMatchObject({ url: 'wss://other.example.org' })
    expect(run.reports.at(-1)).toEqual({ type: 'signaling.down', fault: 'signaling-switched' })
    goOnline(run)
    expect(view(run)).toEqual({ state: 'online', connected: true, attempt: 0 })
    run.stop()
  })

  test('none: closes the socket and rests offline; set again, it is called', () => {
    const run = start()
    goOnline(run)
    run.send({ type: 'signaling.setUrl', url: null })
    expect(run.child('socket').status).toBe('stopped')
    expect(view(run)).toEqual({ state: 'offline', connected: false, fault: 'signaling-off', attempt: 0 })
    expect(run.reports.at(-1)).toEqual({ type: 'signaling.down', fault: 'signaling-off' })
    run.send({ type: 'signaling.setUrl', url })
    expect(view(run).state).toBe('dialing')
    run.stop()
  })

  test('the same address again does not disturb a socket that is up', () => {
    const run = start()
    goOnline(run)
    run.send({ type: 'signaling.setUrl', url })
    expect(sockets(run)).toBe(1)
    expect(view(run).connected).toBe(true)
    run.stop()
  })

  test.each([
    ['waiting', lose],
    ['gaveUp', exhaust],
    [
      'refused',
      (run: Run) => run.send({ type: 'socket.refused', fault: 'signaling-refused', final: true, retryMs: 0 }),
    ],
  ])('a new address is called at once from %s, with all attempts anew', (state, before) => {
    const run = start()
    before(run)
    expect(view(run).state).toBe(state)
    run.send({ type: 'signaling.setUrl', url: 'wss://other.example.org' })
    expect(view(run)).toMatchObject({ state: 'dialing', attempt: 0 })
    run.stop()
  })
})

test('a stop closes the socket and leaves nothing running', () => {
  const run = start()
  goOnline(run)
  run.stop()
  expect(run.child('socket').status).toBe('stopped')
})
