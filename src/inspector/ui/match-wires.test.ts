import { expect, test } from 'vitest'
import { matchWires, type Wire } from './match-wires.ts'
import type { WireEnd } from './wire-ends.ts'

let n = 0
const end = (way: WireEnd['way'], peer: string, key: string, at: number): WireEnd => ({
  way,
  peer,
  key,
  label: key,
  road: 'link',
  actor: 'x',
  n: n++,
  at,
})
const out = (key: string, at: number) => end('out', 'B', key, at)
const came = (key: string, at: number) => end('in', 'A', key, at)
const between = (a: readonly WireEnd[], b: readonly WireEnd[]) =>
  matchWires([
    { key: 'a', peerId: 'A', ends: a },
    { key: 'b', peerId: 'B', ends: b },
  ])
const spans = (wires: readonly Wire[]) =>
  wires.map(({ label, from, to }) => [label, from?.end.at ?? 'nowhere', to?.end.at ?? 'nowhere'])

test('what left one device is joined to what came to the other', () => {
  expect(spans(between([out('ping 1', 10), out('ping 2', 20)], [came('ping 1', 15), came('ping 2', 25)]))).toEqual([
    ['ping 1', 10, 15],
    ['ping 2', 20, 25],
  ])
})

test('of several that are alike, the first that left is the first that came', () => {
  const wires = between([out('candidate', 10), out('candidate', 12)], [came('candidate', 30), came('candidate', 31)])
  expect(spans(wires)).toEqual([
    ['candidate', 10, 30],
    ['candidate', 12, 31],
  ])
})

test('what was lost has one end, and what nobody saw leaving has the other', () => {
  const wires = between([out('offer', 10)], [came('answer', 20)])
  expect(spans(wires)).toEqual([
    ['offer', 10, 'nowhere'],
    ['answer', 'nowhere', 20],
  ])
})

test('what came long before something alike left is not its end', () => {
  const wires = between([out('entries', 60_000)], [came('entries', 1_000), came('entries', 60_010)])
  expect(spans(wires)).toEqual([
    ['entries', 'nowhere', 1_000],
    ['entries', 60_000, 60_010],
  ])
})

test('what came more than half a minute later is not its end', () => {
  const wires = between(
    [out('ping 1', 0), out('ping 2', 10), out('entries', 20)],
    [came('ping 1', 5), came('ping 2', 15), came('entries', 40_000)],
  )
  expect(spans(wires).slice(2)).toEqual([
    ['entries', 20, 'nowhere'],
    ['entries', 'nowhere', 40_000],
  ])
})

test('a clock that is an hour ahead does not keep the ends apart', () => {
  const hour = 3_600_000
  const wires = between(
    [out('hello', 10), out('offer', 12), out('entries', 20), out('entries', 30)],
    [came('hello', hour + 15), came('offer', hour + 16), came('entries', hour + 25), came('entries', hour + 35)],
  )
  expect(spans(wires)).toEqual([
    ['hello', 10, hour + 15],
    ['offer', 12, hour + 16],
    ['entries', 20, hour + 25],
    ['entries', 30, hour + 35],
  ])
})

test('a device that nobody looks at is an end nowhere', () => {
  const wires = matchWires([{ key: 'a', peerId: 'A', ends: [out('ping 1', 10)] }])
  expect(spans(wires)).toEqual([['ping 1', 10, 'nowhere']])
})
