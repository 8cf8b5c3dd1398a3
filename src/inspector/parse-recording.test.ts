import { describe, expect, test } from 'vitest'
import { FieldmeshError, type FaultCode } from '#model/fault'
import { RECORDING_BYTES } from './check-recorder-options.ts'
import { parseRecording } from './parse-recording.ts'
import { millRecording } from './recording.testing.ts'
import { createRecordingReader } from './recording-reader.ts'
import type { Recording } from './records.types.ts'

const CASES = 24_000
const recording: Recording = {
  ...millRecording(2),
  name: 'tablet 3',
  records: [
    ...millRecording(2).records,
    { n: 14, at: 1, kind: 'fault', fault: 'storage-full', peerId: 'p' },
    { n: 15, at: 1, kind: 'ice', peerId: 'p', connId: 'c', figures: { rttMs: 3, localType: 'host', relayed: false } },
    { n: 16, at: 1, kind: 'law', actor: 'x:0', law: 'MILL-1', says: 'it never grinds' },
    { n: 17, at: 1, kind: 'actor', actor: 'x:99', id: 'a', parent: 'x:0', systemId: 's', src: 'a', machine: 'mill' },
  ].map((record, n) => ({ ...record, n })) as Recording['records'],
}
const text = JSON.stringify(recording)

const faultOf = (source: unknown): FaultCode | 'none' => {
  try {
    parseRecording(source)
    return 'none'
  } catch (error) {
    if (error instanceof FieldmeshError) return error.code
    throw error
  }
}

test('what was written is read again, from text and from another window', () => {
  expect(new Set(recording.records.map(({ kind }) => kind)).size).toBe(7)
  expect(parseRecording(text)).toEqual(JSON.parse(text))
  expect(parseRecording(structuredClone(recording))).toEqual(recording)
})

describe('refused, with words for it', () => {
  const [first, ...others] = recording.records
  test.each<[string, FaultCode, unknown]>([
    ['no text', 'recording-unknown', ''],
    ['another file', 'recording-unknown', '{"a":1}'],
    ['a picture', 'recording-unknown', '\u0089PNG\r\n'],
    ['nothing', 'recording-unknown', undefined],
    ['a list', 'recording-unknown', [recording]],
    ['a newer version', 'recording-newer', { ...recording, version: 2 }],
    ['no version', 'recording-damaged', { ...recording, version: '1' }],
    ['half a file', 'recording-damaged', text.slice(0, text.length / 2)],
    ['a gap in the records', 'recording-damaged', { ...recording, records: others }],
    ['a wrong number of dropped ones', 'recording-damaged', { ...recording, dropped: 5 }],
    ['a record of another kind', 'recording-damaged', { ...recording, records: [{ ...first, kind: 'x' }, ...others] }],
    [
      'an actor under another id',
      'recording-damaged',
      { ...recording, before: { 'x:7': Object.values(recording.before)[0] } },
    ],
    [
      'a fault that is none',
      'recording-damaged',
      { ...recording, records: [{ n: 0, at: 1, kind: 'fault', fault: 'toString' }] },
    ],
    ['a time that is none', 'recording-damaged', { ...recording, records: [{ ...first, at: Number.NaN }, ...others] }],
    ['a long name', 'recording-damaged', { ...recording, name: 'x'.repeat(65) }],
    [
      'a function in a payload',
      'recording-damaged',
      { ...recording, records: [{ ...first, payload: () => {} }, ...others] },
    ],
  ])('%s', (_what, code, source) => {
    expect(faultOf(source)).toBe(code)
  })

  test('too large to be read at all', () => {
    expect(faultOf(' '.repeat(RECORDING_BYTES.most + 1))).toBe('recording-too-large')
  })

  test('a recording that bites its tail, or has no bottom', () => {
    const tail: Record<string, unknown> = { ...recording }
    tail['charts'] = [tail]
    const depth = 200_000
    const deep = text.replace('"charts":[', `"charts":[${'['.repeat(depth)}${']'.repeat(depth)},`)
    expect([faultOf(tail), faultOf(deep)]).toEqual(['recording-damaged', 'recording-damaged'])
  })

  test('a prototype is no actor: it is left out', () => {
    const { before } = parseRecording(text.replace('"before":{', '"before":{"__proto__":{"actor":"__proto__"},'))
    expect(before).toEqual(recording.before)
    expect(Object.hasOwn(before, '__proto__') || 'actor' in before).toBe(false)
  })

  test('actors with names that every object has are actors like others', () => {
    const records = ['constructor', 'toString', 'hasOwnProperty'].flatMap((actor, at) => [
      { n: at * 2, at: 1, kind: 'step', actor, type: 'go', transitions: [] },
      { n: at * 2 + 1, at: 1, kind: 'snapshot', actor, status: 'active', states: [] },
    ])
    const reader = createRecordingReader(parseRecording({ ...recording, before: {}, dropped: 0, records }))
    expect(Object.keys(reader.actorsAt(reader.end))).toEqual([])
  })

  const [chart] = recording.charts
  const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item)
  test.each([
    ['states', { ...chart, root: { ...chart?.root, states: many(2_000, chart?.root.states[0]) } }],
    ['transitions', { ...chart, transitions: many(10_001, chart?.transitions[0]) }],
  ])('a chart of more %s than any can be drawn with', (_what, drawn) => {
    expect(faultOf({ ...recording, charts: [drawn] })).toBe('recording-damaged')
  })

  test('more actors than a recorder keeps', () => {
    const [seen] = Object.values(recording.before)
    const crowd = Object.fromEntries(many(10_001, seen).map((each, at) => [`x:${at}`, { ...each, actor: `x:${at}` }]))
    const births = many(50_001, 'actor').map((kind, n) => ({ n, at: 1, kind, actor: `y:${n}`, id: 'a' }))
    expect(faultOf({ ...recording, before: crowd })).toBe('recording-damaged')
    expect(faultOf({ ...recording, records: births })).toBe('recording-damaged')
  })

  test('says where it is wrong', () => {
    const wrong = { ...recording, records: [{ ...first, at: 'noon' }, ...others] }
    expect(() => parseRecording(wrong)).toThrow(/records\.0\.at/)
  })
})

/** Mulberry32: the same cases every time. */
const dice = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let z = Math.imul(state ^ (state >>> 15), 1 | state)
    z ^= z + Math.imul(z ^ (z >>> 7), 61 | z)
    return Math.floor((((z ^ (z >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}
const GARBAGE = [
  'null',
  '[]',
  '{}',
  '-1',
  '1e999',
  '"x"',
  'true',
  '"__proto__"',
  '{"n":0}',
  '"\ud800"',
  '[[[[]]]]',
  '9007199254740993',
]

/** Spoils text: cuts, flips, doubles, or puts something else in the place of a value. */
const spoil = (whole: string, roll: (below: number) => number): string => {
  const [from, other] = [roll(whole.length), roll(whole.length)]
  const [start, end] = [Math.min(from, other), Math.max(from, other)]
  switch (roll(6)) {
    case 0:
      return whole.slice(0, from)
    case 1:
      return whole.slice(0, from) + String.fromCharCode(roll(256)) + whole.slice(from + 1)
    case 2:
      return whole.slice(0, start) + whole.slice(end)
    case 3:
      return whole.slice(0, end) + whole.slice(start)
    default: {
      const values = [...whole.matchAll(/(?<=[:[,])("[^"]*"|-?\d+|true|false|null)(?=[,\]}])/g)]
      const value = values[roll(values.length)]
      if (!value) return whole
      return (
        whole.slice(0, value.index) + (GARBAGE[roll(GARBAGE.length)] ?? '') + whole.slice(value.index + value[0].length)
      )
    }
  }
}

test(`${CASES.toLocaleString('en-US')} spoiled recordings are refused with words, or can be read`, () => {
  const roll = dice(7)
  const small = JSON.stringify({
    ...recording,
    charts: [],
    records: recording.records.slice(-12).map((each, n) => ({ ...each, n })),
  })
  const codes = new Map<string, number>()
  for (let i = 0; i < CASES; i++) {
    const spoiled = spoil(small, roll)
    const code = faultOf(spoiled)
    codes.set(code, (codes.get(code) ?? 0) + 1)
    if (code !== 'none') continue
    const reader = createRecordingReader(parseRecording(spoiled))
    for (let n = reader.start; n <= reader.end; n++) reader.actorsAt(n)
  }
  expect([...codes.keys()].toSorted()).toEqual(['none', 'recording-damaged', 'recording-newer', 'recording-unknown'])
  expect(codes.get('none')).toBeGreaterThan(100)
  expect(codes.get('recording-damaged')).toBeGreaterThan(CASES / 2)
})
