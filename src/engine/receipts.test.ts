import { expect, test } from 'vitest'
import { VectorClock } from '#model/vector-clock'
import { outboxCount, receiptOf } from './receipts.ts'
import { missingFrom, withDots } from './vectors.ts'

const clock = (entries: Record<string, number>) => VectorClock.fromJSON(entries)
const holdings = (mine: Record<string, number>, book: Record<string, Record<string, number>>, own = ['me']) => ({
  own: new Set(own),
  store: { vector: () => clock(mine) },
  ledger: ledger(book),
})
const ledger = (book: Record<string, Record<string, number>>) => ({
  peers: () => Object.keys(book).map((peerId) => ({ peerId, lastSeen: 0 })),
  acked: (peerId: string) => clock(book[peerId] ?? {}),
})
const MINE = { me: 3, other: 1 }

test('an entry nobody confirmed is here alone', () => {
  expect(receiptOf({ peerId: 'me', seq: 3 }, holdings(MINE, { b: { me: 2 } }))).toMatchObject({
    state: 'local',
    on: [],
    lacking: ['b'],
  })
})

test('an entry that some confirmed, and one that all did', () => {
  const book = holdings(MINE, { b: { me: 3 }, c: { me: 2 } })
  expect(receiptOf({ peerId: 'me', seq: 3 }, book)).toMatchObject({ state: 'some', on: ['b'], lacking: ['c'] })
  expect(receiptOf({ peerId: 'me', seq: 2 }, book)).toMatchObject({ state: 'all', on: ['b', 'c'], lacking: [] })
})

test('its author has an entry, whether it said so or not', () => {
  expect(receiptOf({ peerId: 'other', seq: 1 }, holdings(MINE, {}))).toMatchObject({ state: 'all', on: ['other'] })
})

test('an entry that is not here is unknown', () => {
  expect(receiptOf({ peerId: 'me', seq: 4 }, holdings(MINE, {})).state).toBe('unknown')
  expect(receiptOf({ peerId: 'nobody', seq: 1 }, holdings(MINE, {})).state).toBe('unknown')
})

test('the outbox holds what no other device has, however many lack it', () => {
  expect(outboxCount(holdings({ me: 5 }, {}))).toBe(5)
  expect(outboxCount(holdings({ me: 5 }, { b: { me: 2 }, c: { me: 4 } }))).toBe(1)
})

test('a claim to entries that we never wrote acknowledges nothing', () => {
  expect(outboxCount(holdings({ me: 5 }, { b: { me: 1e15 } }))).toBe(5)
  expect(receiptOf({ peerId: 'me', seq: 1 }, holdings(MINE, { b: { me: 1e15 } })).state).toBe('local')
})

test('entries of an identity that this device had before are ours to send', () => {
  const both = holdings({ me: 2, before: 3 }, { b: { me: 2, before: 1 } }, ['me', 'before'])
  expect(outboxCount(both)).toBe(2)
  expect(receiptOf({ peerId: 'before', seq: 3 }, both)).toMatchObject({ state: 'local', lacking: ['b'] })
})

test('a dot stands for all of its author before it, for logs have no gaps', () => {
  const dots = [3, 6, 4].map((seq) => ({ peerId: 'a', seq }))
  expect(withDots(clock({ a: 2, b: 1 }), dots).toJSON()).toEqual({ a: 6, b: 1 })
})

test('missing entries are counted per author', () => {
  expect(missingFrom(clock({ a: 5, b: 2 }), clock({ a: 3, c: 7 }))).toBe(4)
})
