import { describe, expect, test } from 'vitest'
import { AUTH, HELLO_KEYS, OPENED } from '../../tests/support/hello-keys.ts'
import { scenario } from '../../tests/support/scenario.ts'
import { TIMINGS } from '../kit/timings.ts'
import { syncPeerMachine, syncPeerView } from './index.ts'

const hello = (peerId: string, epoch: number) =>
  ({ kind: 'hello', protocol: 1, peerId, epoch, digest: '', cookie: '', ...HELLO_KEYS }) as const

/** Channels to `b` that have just opened, with fakes in all seats, and our hello said. */
const greeting = () => {
  const run = scenario(syncPeerMachine, { selfId: 'a', peerId: 'b', epoch: 1, generation: 0, seed: 3 })
  run.send({ type: 'peer.present' })
  run.send({ type: 'peer.signaled', signal: { kind: 'answer', connId: 'a.b.1.0.1', epoch: 5, session: 'AQ' } })
  run.send(OPENED)
  run.send({ type: 'replicator.hello', hello: hello('a', 1) })
  return run
}
/** The same, and both hellos said. */
const proving = () => {
  const run = greeting()
  run.send({ type: 'link.said', message: hello('b', 5) })
  return run
}
type Run = ReturnType<typeof proving>
const view = (run: Run) => syncPeerView(run.snapshot())
const said = (run: Run) =>
  run.child('transport').commands.flatMap((command) => ('message' in command ? [command.message] : []))
const connected = () => {
  const run = proving()
  run.send({ type: 'prover.proven' })
  return run
}
/** Whether anything went to the device but hello, proof and goodbye, or was taken from it. */
const exchanged = (run: Run) => [
  ...run.child('transport').commands.filter(({ type }) => type === 'transport.send'),
  ...run.child('replicator').commands,
]

describe('two devices that have said hello', () => {
  test('are connected only once the other one has proven itself, and its hello counts only then', () => {
    const run = proving()
    expect(view(run)).toMatchObject({ state: 'connecting', link: 'engaged.open.proving' })
    expect(run.child('replicator').commands).toEqual([])
    run.send({ type: 'prover.proven' })
    expect(view(run).state).toBe('connected')
    expect(run.child('replicator').commands).toEqual([{ type: 'replicator.greeted', hello: hello('b', 5) }])
  })

  test('the prover knows the link, both hellos and the proof, and its own proof is said', () => {
    const run = proving()
    const { fingerprints } = OPENED
    expect(run.child('prover').input).toEqual({ peerId: 'b', connId: 'a.b.1.0.1', role: 'dialer', fingerprints })
    run.send({ type: 'prover.auth', auth: AUTH })
    expect(said(run)).toEqual([hello('a', 1), AUTH])
    run.send({ type: 'link.said', message: AUTH })
    expect(run.child('prover').commands).toEqual([
      { type: 'prover.introduced', hello: hello('a', 1) },
      { type: 'prover.greeted', hello: hello('b', 5) },
      { type: 'prover.check', auth: AUTH },
    ])
  })

  test('and one that is not proven is refused for what the prover says, and told so', () => {
    const run = proving()
    const transport = run.child('transport')
    run.send({ type: 'prover.refused', fault: 'handshake-foreign' })
    expect(view(run)).toMatchObject({ state: 'refused', fault: 'handshake-foreign' })
    expect(transport.commands.at(-1)).toEqual({
      type: 'transport.say',
      message: { kind: 'bye', reason: 'refused' },
    })
    expect(run.reports).toContainEqual({ type: 'peer.refused', peerId: 'b', fault: 'handshake-foreign' })
  })

  test('and one that proves nothing is given five seconds', () => {
    const run = proving()
    run.clock.increment(TIMINGS.proving)
    expect(view(run)).toMatchObject({ state: 'waiting', fault: 'handshake-timeout', attempt: 1 })
  })

  test('exchange nothing before: entries and announcements stay where they are', () => {
    const run = proving()
    run.send({ type: 'replicator.news', urgency: 'own' })
    run.send({ type: 'replicator.announce', ticket: 't-1' })
    run.send({ type: 'link.message', ticket: 't-2', kind: 'entries' })
    expect(exchanged(run)).toEqual([])
    expect(run.child('transport').commands.at(-1)).toEqual({ type: 'transport.drop', ticket: 't-2' })
  })
})

describe('what is no part of the handshake', () => {
  test.each([
    ['a second hello before the proof', proving, hello('b', 5)],
    ['a hello of a connected device', connected, hello('b', 5)],
    ['a proof of a connected device', connected, AUTH],
  ])('%s: the link ends, and the device is refused', (_, begin, message) => {
    const run = begin()
    run.send({ type: 'link.said', message })
    expect(view(run)).toMatchObject({ state: 'refused', fault: 'handshake-broken' })
  })

  test('a proof before the hello: the link ends, and the device is refused', () => {
    const run = scenario(syncPeerMachine, { selfId: 'a', peerId: 'b', epoch: 1, generation: 0, seed: 3 })
    run.send({ type: 'peer.present' })
    run.send({ type: 'peer.signaled', signal: { kind: 'answer', connId: 'a.b.1.0.1', epoch: 5, session: 'AQ' } })
    run.send(OPENED)
    run.send({ type: 'link.said', message: AUTH })
    expect(view(run)).toMatchObject({ state: 'refused', fault: 'handshake-broken' })
  })

  test.each([
    ['hello', greeting, 'greeting-timeout', TIMINGS.greeting],
    ['proof', proving, 'handshake-timeout', TIMINGS.proving],
  ] as const)(
    'a %s that cannot be read is none: it is waited for no longer than for one that never came',
    (...given) => {
      const [, begin, fault, patience] = given
      const run = begin()
      const { link } = view(run)
      run.send({ type: 'link.refused', fault: 'wire-malformed', count: 1 })
      expect(view(run)).toMatchObject({ state: 'connecting', link })
      run.clock.increment(patience)
      expect(view(run)).toMatchObject({ state: 'waiting', fault })
      expect(exchanged(run)).toEqual([])
    },
  )

  test.each([0, 2])('a hello of protocol %i, whoever made it so: the link ends, and nothing is proven', (protocol) => {
    const run = greeting()
    run.send({ type: 'link.said', message: { ...hello('b', 5), protocol } })
    expect(view(run)).toMatchObject({ state: 'refused', fault: 'wire-version' })
    expect(run.child('prover').commands).toEqual([{ type: 'prover.introduced', hello: hello('a', 1) }])
  })

  test('another certificate in the middle of a handshake, or of a link: it ends, and nothing more is exchanged', () => {
    for (const begin of [greeting, proving, connected]) {
      const run = begin()
      const before = exchanged(run)
      run.send({ type: 'link.failed', fault: 'fingerprint-changed' })
      expect(view(run)).toMatchObject({ fault: 'fingerprint-changed' })
      expect(view(run).state).not.toBe('connected')
      expect(exchanged(run)).toEqual(before)
    }
  })

  test('a claim of a link that ended is not believed on the next one', () => {
    const run = proving()
    run.send({ type: 'link.closed' })
    run.clock.increment(TIMINGS.backoffMax)
    run.send({ type: 'peer.signaled', signal: { kind: 'answer', connId: 'a.b.1.0.2', epoch: 5, session: 'AQ' } })
    run.send(OPENED)
    expect(run.snapshot().context.claim).toBeNull()
    expect(view(run).link).toBe('engaged.open.greeting')
  })
})
