import { describe, expect, test } from 'vitest'
import { LIMITS } from '#model/limits'
import { meshScenario } from '../../tests/support/mesh-scenario.ts'
import { TIMINGS } from '../kit/timings.ts'

type Run = ReturnType<typeof meshScenario>

const transports = (run: Run) => run.born.filter(({ src }) => src === 'transport').length
const offend = (run: Run, peerId: string) => {
  for (let count = 1; count <= LIMITS.strikesPerDevice; count++)
    run.link(peerId, { type: 'link.refused', fault: 'wire-malformed', count, over: 'link' })
}
/** Linked to `y`, and to `z` until it was banned. */
const banned = (input: Parameters<typeof meshScenario>[0] = {}) => {
  const run = meshScenario(input)
  run.join('z', 'y')
  for (const peerId of ['z', 'y']) run.connect(peerId)
  offend(run, 'z')
  expect(run.peer('z')).toMatchObject({ link: 'banned', fault: 'peer-banned' })
  return run
}
const returns = (run: Run) => run.server({ type: 'socket.peerJoined', peerId: 'z' })
const isLeft = (run: Run) => run.server({ type: 'socket.peerLeft', peerId: 'z', why: 'left' })
const calls = (run: Run, epoch: number) => {
  run.server({ type: 'socket.signal', from: 'z', signal: { kind: 'nudge', epoch } })
  const connId = `z.m.${epoch}.0.1`
  run.server({ type: 'socket.signal', from: 'z', signal: { kind: 'offer', connId, epoch, session: 'AQ' } })
}
const isAtWork = (run: Run) => run.mesh.getSnapshot().children['peer:z'] !== undefined

describe('a banned device', () => {
  test.each<[string, (run: Run) => void]>([
    ['leaves the roster and comes back', (run) => [isLeft(run), returns(run)]],
    ['calls us', (run) => calls(run, 5_000)],
    ['starts anew and calls us', (run) => [isLeft(run), returns(run), calls(run, 6_000)]],
    ['is forgotten, and comes back', (run) => [run.send({ type: 'mesh.forget', peerId: 'z' }), returns(run)]],
    [
      'is forgotten while away, and comes back',
      (run) => [isLeft(run), run.send({ type: 'mesh.forget', peerId: 'z' }), returns(run), calls(run, 7_000)],
    ],
    ['is there when everything is tried again', (run) => run.send({ type: 'mesh.retry' })],
    [
      'is there when the server is back',
      (run) => {
        run.server({ type: 'socket.closed', fault: 'signaling-unreachable' })
        run.clock.increment(TIMINGS.backoffBase)
        run.join('z', 'y')
      },
    ],
    ['is there when the network changes', (run) => run.mesh.send({ type: 'network.changed' })],
  ])('%s, and is neither dialed nor answered before its time', (_, deed) => {
    const run = banned()
    const before = transports(run)
    run.clock.increment(TIMINGS.proven)
    deed(run)
    run.clock.increment(TIMINGS.ban - TIMINGS.proven - TIMINGS.backoffBase - 1)
    expect(run.peer('z')).toMatchObject({ state: 'refused', link: 'banned' })
    expect(transports(run) - before).toBe(0)
    expect(run.peer('y')?.state).not.toBe('refused')
  })

  test('does not take the place of another one in a room where links are few', () => {
    const run = meshScenario({ maxDirectPeers: 1 })
    run.join('z', 'y')
    run.connect('z')
    expect(run.peer('y')).toMatchObject({ link: 'beyondLimit' })
    offend(run, 'z')
    expect(run.peer('y')).toMatchObject({ state: 'connecting' })
  })

  test('is linked again when its time is over, if it is there', () => {
    const run = banned()
    const before = transports(run)
    run.clock.increment(TIMINGS.ban)
    expect(transports(run)).toBe(before + 1)
    run.connect('z')
    expect(run.peer('z')).toMatchObject({ state: 'connected' })
  })

  test('that is away when its time is over is linked when it comes', () => {
    const run = banned()
    isLeft(run)
    run.clock.increment(TIMINGS.ban)
    expect(run.peer('z')).toMatchObject({ state: 'absent' })
    returns(run)
    expect(run.peer('z')).toMatchObject({ state: 'connecting' })
  })

  test('that was forgotten is gone when its time is over', () => {
    const run = banned()
    run.send({ type: 'mesh.forget', peerId: 'z' })
    expect(isAtWork(run)).toBe(true)
    run.clock.increment(TIMINGS.ban)
    expect(isAtWork(run)).toBe(false)
  })

  test('is let off by a person who means it', () => {
    const run = banned()
    const before = transports(run)
    run.send({ type: 'mesh.retry', peerId: 'z' })
    run.clock.increment(TIMINGS.backoffBase)
    expect(transports(run)).toBe(before + 1)
    expect(run.mesh.getSnapshot().context.banned).toEqual([])
  })

  test('whose actor is lost by a bug of ours is banned anew, for the whole time', () => {
    const run = banned()
    run.born.findLast(({ src }) => src === 'ban')?.end({ error: 'a bug' })
    expect(run.peer('z')).toMatchObject({ link: 'crashed' })
    calls(run, 6_000)
    run.clock.increment(TIMINGS.backoffBase)
    expect(run.peer('z')).toMatchObject({ link: 'banned' })
    const before = transports(run)
    run.clock.increment(TIMINGS.ban - 1)
    expect(transports(run)).toBe(before)
    run.clock.increment(1)
    expect(transports(run)).toBe(before + 1)
  })
})

test('of more banned devices than anybody remembers, the one banned first is let off', () => {
  const run = meshScenario()
  const ban = (id: string) => run.mesh.send({ type: 'peer.banned', peerId: id, fault: 'wire-malformed' })
  run.join('z')
  for (let i = 0; i <= LIMITS.bannedPeers; i++) ban(`s${i}`)
  const { banned: all } = run.mesh.getSnapshot().context
  expect([all.length, all[0], all.at(-1)]).toEqual([LIMITS.bannedPeers, 's1', `s${LIMITS.bannedPeers}`])
})
