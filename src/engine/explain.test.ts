import { describe, expect, test } from 'vitest'
import { PEER_STATES } from '#machines/sync-peer/sync-peer.view'
import { PHASES } from '#machines/sync-engine/sync-engine.view'
import { FAULT_CODES } from '#model/fault'
import type { PeerStatus, SyncStatus } from '#store/sync-store.types'
import { explainAll } from './explain.ts'

const status = (over: Partial<SyncStatus> = {}): SyncStatus => ({
  mode: 'idle',
  peers: [],
  outboxCount: 0,
  lastSync: 0,
  signalingConnected: false,
  phase: 'running',
  ...over,
})
const peer = (over: Partial<PeerStatus>): PeerStatus => ({
  peerId: 'p',
  state: 'absent',
  lacks: 0,
  ahead: 0,
  lastSeen: 0,
  ...over,
})
const SIGNALING_STATES = ['offline', 'dialing', 'joining', 'online', 'waiting', 'gaveUp', 'refused']

describe('everything that is not well has a cause and a next step', () => {
  test.each(PHASES)('the engine in %s, with and without each fault', (phase) => {
    for (const fault of [undefined, ...FAULT_CODES]) {
      const [engine] = explainAll(status({ phase, ...(fault && { fault }) }))
      expect(engine?.cause.length, `${phase} ${fault}`).toBeGreaterThan(10)
      expect(engine?.nextStep.length, `${phase} ${fault}`).toBeGreaterThan(10)
      expect(engine?.healthy).toBe(phase === 'running' && fault === undefined)
    }
  })

  test.each(PEER_STATES)('a device that is %s', (state) => {
    for (const fault of [undefined, ...FAULT_CODES]) {
      const [, one] = explainAll(status({ peers: [peer({ state, ...(fault && { fault }) })] }))
      expect(one).toMatchObject({ subject: 'peer', peerId: 'p', state, healthy: state === 'connected' })
      expect(one?.cause.length).toBeGreaterThan(10)
      expect(one?.nextStep.length).toBeGreaterThan(10)
    }
  })

  test.each(SIGNALING_STATES)('signaling that is %s', (state) => {
    const [, one] = explainAll(status({ signaling: { state }, signalingConnected: state === 'online' }))
    expect(one).toMatchObject({ subject: 'signaling', state, healthy: state === 'online' })
    expect(one?.cause.length).toBeGreaterThan(10)
    expect(one?.nextStep.length).toBeGreaterThan(10)
  })

  test('a linked device that lacks entries says how many', () => {
    const [, one] = explainAll(status({ peers: [peer({ state: 'connected', lacks: 18 })] }))
    expect(one?.cause).toContain('18')
  })

  test.each(['clock-suspect', 'author-forked'] as const)('an author that is a %s, beside its link', (fault) => {
    const peers = [peer({ state: 'connected' })]
    const [, link, author] = explainAll(status({ peers, suspects: [{ peerId: 'p', fault }] }))
    expect(link).toMatchObject({ peerId: 'p', state: 'connected', healthy: true })
    expect(author).toMatchObject({ peerId: 'p', state: fault, fault, healthy: false })
  })

  test('a device out of reach is not blamed where this one has no server', () => {
    const signaling = { state: 'offline', fault: 'signaling-off' } as const
    const [, server, one] = explainAll(status({ signaling, peers: [peer({ state: 'absent', fault: 'peer-absent' })] }))
    expect(one).toMatchObject({ subject: 'peer', fault: 'signaling-off', cause: server?.cause })
  })
})
