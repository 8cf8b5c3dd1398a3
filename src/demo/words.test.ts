import { expect, test } from 'vitest'
import type { PeerStatus, SyncStatus } from '#engine/types'
import { LIMITS } from '#model/limits'
import {
  agoWords,
  aheadWords,
  confirmedWords,
  connectionWords,
  joinReceipts,
  outboxChip,
  outboxWords,
  receiptWords,
  untilWords,
} from './words.ts'

const status = (change: Partial<SyncStatus>): SyncStatus => ({
  mode: 'idle',
  peers: [],
  outboxCount: 0,
  lastSync: 0,
  signalingConnected: false,
  phase: 'running',
  ...change,
})
const peer = (state: PeerStatus['state']): PeerStatus => ({ peerId: 'p', state, lacks: 0, ahead: 0, lastSeen: 0 })

test.each<[Partial<SyncStatus>, string]>([
  [{ phase: 'standby' }, 'Another tab is active'],
  [{ phase: 'failed' }, 'Not saving'],
  [{}, 'Offline, saving here'],
  [{ signalingConnected: true }, 'No other device in reach'],
  [{ signalingConnected: true, peers: [peer('connecting')] }, 'Connecting…'],
  [{ signalingConnected: true, peers: [peer('connected'), peer('absent')] }, 'Connected to 1 device'],
  [{ peers: [peer('connected'), peer('connected')] }, 'Connected to 2, no server'],
])('the connection of %j is told as “%s”', (change, text) => {
  expect(connectionWords(status(change)).text).toBe(text)
})

test('the outbox is told as a number of entries', () => {
  expect(outboxWords(0)).toBe('Nothing waiting to be sent')
  expect(outboxWords(3)).toBe('3 not yet on another device')
  expect(outboxChip(0)).toBe('Nothing to send')
  expect(outboxChip(3_376)).toBe('3,376 to send')
})

test('being offline or alone is no alarm; not saving is', () => {
  const tone = (change: Partial<SyncStatus>) => connectionWords(status(change)).tone
  expect([tone({}), tone({ signalingConnected: true })]).toEqual(['quiet', 'quiet'])
  expect([tone({ phase: 'failed' }), tone({ phase: 'idle' })]).toEqual(['off', 'off'])
})

test('what was never confirmed is said in a whole sentence', () => {
  expect(confirmedWords(0, 5)).toBe('No other device has confirmed anything yet.')
  expect(confirmedWords(1, 120_001)).toBe('Everything of ours was last confirmed 2 minutes ago.')
})

test('a device has a record only when it has every field of it', () => {
  const receipt = (on: string[], lacking: string[]) =>
    ({ dot: { peerId: 'a', seq: 1 }, state: 'some', on, lacking }) as const
  const joined = joinReceipts([receipt(['b', 'c'], []), receipt(['c'], ['b'])])
  expect(joined).toEqual({ on: ['c'], lacking: ['b'] })
  expect(receiptWords(joined)).toBe('On 2 of 3 devices')
  expect(receiptWords(joinReceipts([]))).toBe('Saved on this device. No other device is known yet.')
})

test('a moment is told as how long ago it was', () => {
  expect(agoWords(0, 5)).toBe('never')
  expect(agoWords(1_000, 30_000)).toBe('just now')
  expect(agoWords(1, 120_001)).toBe('2 minutes ago')
  expect(agoWords(1, 86_400_001)).toBe('yesterday')
  expect(agoWords(100, 50)).toBe('just now')
})

test('the end of a ban is told as a time of the day', () => {
  expect(untilWords(Date.UTC(2026, 0, 1, 14, 5), 'UTC')).toBe('Until 14:05.')
})

test('how far another device is ahead is told as it says, and beyond a million not to the entry', () => {
  expect(aheadWords(1)).toBe('has 1 entry that we lack')
  expect(aheadWords(LIMITS.aheadShown - 1)).toBe('has 999,999 entries that we lack')
  expect(aheadWords(LIMITS.aheadShown)).toBe('says that it has over a million entries that we lack')
})
