import { describe, expect, test } from 'vitest'
import { scenario } from '../../tests/support/scenario.ts'
import { FieldmeshError } from '#model/fault'
import { TIMINGS } from '../kit/timings.ts'
import { syncEngineMachine } from './sync-engine.machine.ts'
import { syncEngineView } from './sync-engine.view.ts'

const opened = { room: 'room', peerId: 'm', epoch: 5, knownPeers: ['a', 'b'] }
const signalingUrl = 'wss://signal.example.org'
const idle = () => scenario(syncEngineMachine, { storeName: 'log', signalingUrl, seed: 7, maxDirectPeers: 20 })
type Run = ReturnType<typeof idle>

const view = (run: Run) => syncEngineView(run.snapshot())
const open = (run: Run): Run => {
  run.send({ type: 'leadership.acquired' })
  run.child('openStore').end({ output: opened })
  return run
}
const started = (): Run => {
  const run = idle()
  run.send({ type: 'engine.start' })
  return run
}
const running = () => open(started())
const live = (run: Run) =>
  run.children
    .filter(({ status }) => status === 'running')
    .map(({ id }) => id)
    .sort()

describe('opening', () => {
  test('leads, opens the log, then makes the mesh from what it told', () => {
    const run = started()
    expect([view(run), live(run)]).toEqual([{ phase: 'opening' }, ['leadership']])
    open(run)
    expect(view(run).phase).toBe('running')
    expect(run.child('mesh').input).toEqual({
      selfId: 'm',
      epoch: 5,
      generation: 0,
      knownPeers: ['a', 'b'],
      room: 'room',
      signalingUrl,
      seed: 7,
      maxDirectPeers: 20,
    })
    expect(live(run)).toEqual(['leadership', 'mesh', 'presence', 'storageHealth'])
  })

  test('stands by while another tab leads, and takes over when that one closes', () => {
    const run = started()
    run.send({ type: 'leadership.blocked' })
    expect(view(run)).toEqual({ phase: 'standby', fault: 'another-tab' })
    run.clock.increment(24 * 3_600_000)
    expect(view(run).phase).toBe('standby')
    open(run)
    expect(view(run)).toEqual({ phase: 'running' })
  })

  test('a log that cannot be opened frees the lead and says why; a retry tries again', () => {
    const run = started()
    run.send({ type: 'leadership.acquired' })
    run.child('openStore').end({ error: new FieldmeshError('storage-missing') })
    expect([view(run), live(run)]).toEqual([{ phase: 'failed', fault: 'storage-missing' }, []])
    run.send({ type: 'engine.retry' })
    open(run)
    expect(view(run)).toEqual({ phase: 'running' })
  })

  test('stopped while the log is read, it waits for the end of that and then closes', () => {
    const run = started()
    run.send({ type: 'leadership.acquired' })
    run.send({ type: 'engine.stop' })
    expect([view(run).phase, live(run)]).toEqual(['closing', ['leadership', 'openStore']])
    run.child('openStore').end({ output: opened })
    expect(live(run)).toEqual(['closeStore', 'leadership'])
    run.child('closeStore').end({ output: undefined })
    expect([view(run), live(run)]).toEqual([{ phase: 'idle' }, []])
  })
})

describe('running', () => {
  test('passes on what the page goes through and what a person asks', () => {
    const run = running()
    run.send({ type: 'network.changed' })
    run.send({ type: 'engine.retry', peerId: 'a' })
    run.send({ type: 'engine.forget', peerId: 'b' })
    run.send({ type: 'engine.setSignaling', url: null })
    expect(run.child('mesh').commands).toEqual([
      { type: 'network.changed' },
      { type: 'mesh.retry', peerId: 'a' },
      { type: 'mesh.forget', peerId: 'b' },
      { type: 'mesh.setSignaling', url: null },
    ])
  })

  test('a full disk is told, and the mesh goes on', () => {
    const run = running()
    run.send({ type: 'storage.failed', fault: 'storage-full' })
    expect(view(run)).toMatchObject({ phase: 'running', fault: 'storage-full' })
    expect(live(run)).toContain('mesh')
    run.send({ type: 'storage.recovered' })
    expect(view(run)).toEqual({ phase: 'running' })
  })

  test('a mesh that crashes is made anew after a pause, with the server and devices of now', () => {
    const run = running()
    run.send({ type: 'engine.setSignaling', url: null })
    run.send({ type: 'engine.forget', peerId: 'b' })
    run.child('mesh').end({ error: 'a bug' })
    expect(view(run)).toEqual({ phase: 'running', fault: 'internal' })
    run.clock.increment(TIMINGS.backoffBase)
    expect(run.child('mesh').input).toMatchObject({ generation: 1, signalingUrl: null, knownPeers: ['a'] })
    expect(view(run)).toEqual({ phase: 'running' })
  })
})

describe('closing', () => {
  test('says goodbye first, then closes the log, and leads until that is done', () => {
    const run = running()
    run.send({ type: 'engine.stop' })
    expect(run.child('mesh').commands.at(-1)).toEqual({ type: 'mesh.close' })
    expect(view(run).phase).toBe('closing')
    run.child('mesh').end({ output: undefined })
    expect(live(run)).toEqual(['closeStore', 'leadership'])
    run.child('closeStore').end({ output: undefined })
    expect([view(run), live(run)]).toEqual([{ phase: 'idle' }, []])
  })

  test('started again meanwhile, it opens the log as soon as that is closed', () => {
    const run = running()
    run.send({ type: 'engine.stop' })
    run.child('mesh').end({ output: undefined })
    run.send({ type: 'engine.start' })
    run.child('closeStore').end({ output: undefined })
    run.child('openStore').end({ output: opened })
    expect(view(run)).toEqual({ phase: 'running' })
  })

  test('a tab that loses the lead stops at once, closes its log and queues again', () => {
    const run = running()
    run.send({ type: 'leadership.lost' })
    expect([view(run), live(run)]).toEqual([{ phase: 'standby', fault: 'another-tab' }, ['closeStore']])
    run.child('closeStore').end({ output: undefined })
    run.send({ type: 'leadership.blocked' })
    expect(view(run).phase).toBe('standby')
    open(run)
    expect(view(run)).toEqual({ phase: 'running' })
  })
})

test('a page that is unloaded says goodbye to the other devices as a stop does', () => {
  const run = running()
  run.send({ type: 'page.leaving' })
  expect(view(run).phase).toBe('closing')
  expect(run.child('mesh').commands).toContainEqual({ type: 'mesh.close' })
})
