import { describe, expect, test } from 'vitest'
import { foldRecords } from './fold-records.ts'
import { createRecordBuffer } from './record-buffer.ts'
import type { InspectRecord } from './records.types.ts'

const INHERITED = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__']

/** Records of an actor that was never seen to be born. */
const unborn = (actor: string): InspectRecord[] => [
  { n: 0, at: 1, kind: 'step', actor, type: 'go', transitions: ['a --go[0]--> b'] },
  { n: 1, at: 1, kind: 'snapshot', actor, status: 'active', states: ['a'] },
]

describe.each(INHERITED)('an actor that is called %s', (actor) => {
  test('is not there before it is born', () => {
    expect(Object.entries(foldRecords({}, unborn(actor)))).toEqual([])
  })

  test('is an actor as any other once it is born', () => {
    const born: InspectRecord = { n: 0, at: 1, kind: 'actor', actor, id: 'a' }
    const actors = foldRecords({}, [born, ...unborn(actor)])
    expect(Object.entries(actors)).toEqual([
      [actor, { actor, id: 'a', status: 'active', states: ['a'], last: ['a --go[0]--> b'] }],
    ])
  })

  test('does not confuse what a buffer knows of its actors', () => {
    const buffer = createRecordBuffer({ maxBytes: 64 * 1_024 })
    for (const record of unborn(actor)) buffer.push(record)
    expect(Object.entries(buffer.actors())).toEqual([])
  })
})
