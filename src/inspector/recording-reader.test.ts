import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldRecords } from './fold-records.ts'
import { millRecording } from './recording.testing.ts'
import { createRecordingReader } from './recording-reader.ts'
import type { Recording } from './records.types.ts'

const whole = millRecording(300)
const cut = millRecording(1_500, { maxBytes: 64 * 1_024 })

test.each([
  ['whole', whole],
  ['cut', cut],
])('a %s recording shows the actors of any moment, in any order of asking', (_what, recording) => {
  const reader = createRecordingReader(recording)
  const { dropped, before, records } = recording
  expect([reader.start, reader.end]).toEqual([dropped - 1, dropped + records.length - 1])
  expect(records.length).toBeGreaterThan(256)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: reader.start, max: reader.end }), { maxLength: 8 }), (moments) => {
      for (const n of moments)
        expect(reader.actorsAt(n)).toEqual(foldRecords(before, records.slice(0, n + 1 - dropped)))
    }),
  )
})

test('every moment one after the other, there and back', () => {
  const reader = createRecordingReader(whole)
  const forth = whole.records.map(({ n }) => JSON.stringify(reader.actorsAt(n)))
  const back = whole.records.toReversed().map(({ n }) => JSON.stringify(reader.actorsAt(n)))
  expect(back.toReversed()).toEqual(forth)
  expect(new Set(forth).size).toBeGreaterThan(500)
})

test('moments outside are the nearest end', () => {
  const reader = createRecordingReader(whole)
  expect(reader.actorsAt(-50)).toEqual(whole.before)
  expect(reader.actorsAt(1e9)).toEqual(reader.actorsAt(reader.end))
  expect(reader.record(reader.end + 1)).toBeUndefined()
})

test('time leads to the last moment that had come, and back', () => {
  const reader = createRecordingReader(cut)
  for (const { n, at } of cut.records) expect([reader.timeAt(n), reader.momentAt(at)]).toEqual([at, n])
  const [first] = cut.records
  expect(reader.momentAt((first?.at ?? 0) - 1)).toBe(reader.start)
  expect(reader.timeAt(reader.start)).toBe(first?.at)
})

test('a clock that was set back makes no moment unreachable by steps, and none come twice', () => {
  const records = [10, 20, 5, 30].map((at, n) => ({ n, at, kind: 'event' as const, actor: 'x:0', type: 'a' }))
  const reader = createRecordingReader({ ...whole, records, dropped: 0 })
  expect([9, 10, 19, 20, 29, 30].map((time) => reader.momentAt(time))).toEqual([-1, 0, 0, 2, 2, 3])
})

test('steps go to what matters, and stay where there is nothing more', () => {
  const reader = createRecordingReader(whole)
  const isStep = ({ kind }: Recording['records'][number]) => kind === 'step'
  const first = reader.step(reader.start, 1, isStep)
  const second = reader.step(first, 1, isStep)
  expect([reader.record(first)?.kind, second > first]).toEqual(['step', true])
  expect(reader.step(second, -1, isStep)).toBe(first)
  expect(reader.step(first, -1, isStep)).toBe(first)
  expect(reader.step(0, -1)).toBe(reader.start)
  expect(reader.step(reader.end, 1)).toBe(reader.end)
})

test('an empty recording has one moment', () => {
  const reader = createRecordingReader({ ...whole, records: [] })
  expect([reader.start, reader.end, reader.timeAt(0), reader.momentAt(5), reader.step(-1, 1)]).toEqual([
    -1, -1, 0, -1, -1,
  ])
  expect(reader.actorsAt(0)).toEqual(whole.before)
})
