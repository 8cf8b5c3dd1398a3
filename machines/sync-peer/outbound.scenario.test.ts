import { expect, test } from 'vitest'
import { scenario } from '../../tests/support/scenario.ts'
import { syncPeerMachine } from './sync-peer.machine.ts'
import { HELLO_KEYS, OPENED } from '../../tests/support/hello-keys.ts'

/** A link to `b` that is up, with fakes in all seats. */
const linked = () => {
  const run = scenario(syncPeerMachine, { selfId: 'a', peerId: 'b', epoch: 1, generation: 0, seed: 3 })
  run.send({ type: 'peer.present' })
  run.send({ type: 'peer.signaled', signal: { kind: 'answer', connId: 'a.b.1.0.1', epoch: 5, session: 'AQ' } })
  run.send(OPENED)
  const hello = { kind: 'hello', protocol: 1, peerId: 'b', epoch: 5, digest: '', cookie: '', ...HELLO_KEYS } as const
  run.send({ type: 'link.said', message: hello })
  run.send({ type: 'prover.proven' })
  return run
}
type Run = ReturnType<typeof linked>
const packs = (run: Run) => run.child('replicator').commands.filter(({ type }) => type === 'replicator.pack').length
const sent = (run: Run) => run.child('transport').commands.filter(({ type }) => type === 'transport.send')
const packed = (run: Run, ticket: string) => run.send({ type: 'replicator.packed', ticket, priority: 1 })

test('one batch after another, each when there is room for it', () => {
  const run = linked()
  run.send({ type: 'replicator.news', urgency: 'own' })
  packed(run, 't-1')
  expect(sent(run)).toEqual([{ type: 'transport.send', ticket: 't-1', kind: 'entries', channel: 'bulk', priority: 1 }])
  run.send({ type: 'replicator.news', urgency: 'own' })
  run.send({ type: 'link.sent', ticket: 'another' })
  expect(packs(run)).toBe(1)
  run.send({ type: 'link.writable' })
  packed(run, 't-2')
  run.send({ type: 'link.sent', ticket: 't-1' })
  expect(packs(run)).toBe(2)
  run.send({ type: 'link.sent', ticket: 't-2' })
  expect(packs(run)).toBe(3)
})

test('news while a batch is packed is not lost: "current" is asked again', () => {
  const run = linked()
  run.send({ type: 'replicator.news', urgency: 'own' })
  run.send({ type: 'replicator.news', urgency: 'relayed' })
  run.send({ type: 'replicator.current' })
  expect(packs(run)).toBe(2)
  run.send({ type: 'replicator.current' })
  expect(run.snapshot().value.outbound).toEqual({ sharing: 'current' })
})

test('announcements overtake everything, on ctl, but never come before the greeting', () => {
  const run = scenario(syncPeerMachine, { selfId: 'a', peerId: 'b', epoch: 1, generation: 0, seed: 3 })
  run.send({ type: 'peer.present' })
  run.send(OPENED)
  run.send({ type: 'replicator.announce', ticket: 't-9' })
  expect(run.child('transport').commands).toEqual([])
  const up = linked()
  up.send({ type: 'replicator.news', urgency: 'own' })
  packed(up, 't-1')
  up.send({ type: 'replicator.announce', ticket: 't-9' })
  expect(sent(up).at(-1)).toEqual({
    type: 'transport.send',
    ticket: 't-9',
    kind: 'vector',
    channel: 'ctl',
    priority: 0,
  })
})

test('nothing is sent once the link is cut', () => {
  const run = linked()
  run.send({ type: 'replicator.news', urgency: 'own' })
  run.send({ type: 'link.failed', fault: 'link-failed' })
  packed(run, 't-1')
  expect(run.children.flatMap(({ commands }) => commands).filter(({ type }) => type === 'transport.send')).toEqual([])
})
