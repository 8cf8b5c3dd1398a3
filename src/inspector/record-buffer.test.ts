import { describe, expect, test } from 'vitest'
import { foldRecords } from './fold-records.ts'
import { createRecordBuffer } from './record-buffer.ts'
import type { InspectRecord, Recording, SeenActors } from './records.types.ts'
import { millRecording, recordedMill } from './recording.testing.ts'

const KiB = 1_024
const bytesOf = (recording: Recording): number => new TextEncoder().encode(JSON.stringify(recording)).length

/** Actors that live a while and end, one after another. */
const generations = function* (count: number, ballast: string): Generator<InspectRecord> {
  let n = 0
  for (let i = 0; i < count; i++) {
    const actor = `x:${i}`
    const noted = () => ({ n: n++, at: 1_767_225_600_000 + n })
    yield { ...noted(), kind: 'actor', actor, id: `a:${i}` }
    yield { ...noted(), kind: 'snapshot', actor, status: 'active', states: ['a', 'a.b'], context: { ballast, i } }
    yield { ...noted(), kind: 'step', actor, type: 'go', transitions: ['a.b --go[0]--> a.c'] }
    if (i % 3 !== 0) yield { ...noted(), kind: 'snapshot', actor, status: 'done' }
  }
}

describe('the bound', () => {
  test.each([64, 100, 256])('a recording of %d KiB as a file is never larger, and not much smaller', (size) => {
    const { actor, recorder } = recordedMill({ maxBytes: size * KiB, name: 'ä'.repeat(64) })
    let largest = 0
    for (let i = 0; i < 6_000; i++) {
      actor.send({ type: 'grind', note: 'ä‹"\\\n'.repeat(i % 9) })
      actor.send({ type: 'spin' })
      actor.send({ type: 'rest' })
      if (i % 500 === 499) largest = Math.max(largest, bytesOf(recorder.recording()))
    }
    expect(recorder.recording().dropped).toBeGreaterThan(1_000)
    expect(largest).toBeLessThanOrEqual(size * KiB)
    expect(largest).toBeGreaterThan(size * KiB * 0.75)
  })

  test('holds with more living actors than it has room for', () => {
    const buffer = createRecordBuffer({ maxBytes: 64 * KiB })
    let largest = 0
    for (const record of generations(5_000, 'b'.repeat(200))) {
      buffer.push(record)
      if (record.n % 997 === 0) largest = Math.max(largest, bytesOf(buffer.recording({ peerId: '' })))
    }
    expect(largest).toBeLessThanOrEqual(64 * KiB)
    expect(buffer.recording({ peerId: '' }).records.length).toBeGreaterThan(50)
  })

  test('holds for what one record alone would break', () => {
    const buffer = createRecordBuffer({ maxBytes: 64 * KiB })
    buffer.push({ n: 0, at: 1, kind: 'actor', actor: 'x:0', id: 'a' })
    buffer.push({ n: 1, at: 1, kind: 'event', actor: 'x:0', type: 'big', payload: 'x'.repeat(100_000) })
    buffer.push({ n: 2, at: 1, kind: 'event', actor: 'x:0', type: 'small' })
    const recording = buffer.recording({ peerId: '' })
    expect(bytesOf(recording)).toBeLessThanOrEqual(64 * KiB)
    expect([recording.dropped, recording.records.length]).toEqual([2, 1])
    expect(recording.before).toHaveProperty(['x:0'])
  })
})

describe('what is dropped lives on', () => {
  test('a small recording ends as a large one does, and starts where it was cut', () => {
    const large = millRecording(2_000)
    const small = millRecording(2_000, { maxBytes: 64 * KiB })
    const { dropped } = small
    expect([large.dropped, dropped > 100]).toEqual([0, true])
    const names = (records: readonly InspectRecord[]) => records.map(({ n, kind }) => `${n} ${kind}`)
    expect(names(small.records)).toEqual(names(large.records.slice(dropped)))
    const seen = (actors: SeenActors) =>
      Object.values(actors).map(({ machine, status, states, context }) => ({ machine, status, states, context }))
    expect(seen(small.before)).toEqual(seen(foldRecords(large.before, large.records.slice(0, dropped))))
    expect(seen(foldRecords(small.before, small.records))).toEqual(seen(foldRecords(large.before, large.records)))
  })

  test('those that ended are forgotten with their end', () => {
    const buffer = createRecordBuffer({ maxBytes: 64 * KiB })
    for (const record of generations(2_000, '')) buffer.push(record)
    const { before } = buffer.recording({ peerId: '' })
    expect(Object.values(before).filter(({ status }) => status !== 'active')).toEqual([])
  })

  test('the live actors are the folded ones at every moment', () => {
    const buffer = createRecordBuffer({ maxBytes: 64 * KiB })
    for (const record of generations(1_500, 'b')) {
      buffer.push(record)
      if (record.n % 501 !== 0) continue
      const { before, records } = buffer.recording({ peerId: '' })
      expect(buffer.actors()).toEqual(foldRecords(before, records))
    }
  })
})
