import { expect, test } from 'vitest'
import type { Json } from '#model/entry'
import type { RecordView } from '#model/view'
import { editedFields } from './edited-fields.ts'
import { kindOf } from './kinds.ts'
import { searchRecords, sortRecords } from './search.ts'
import { summarize } from './summary.ts'
import { formFields, parseInput, specOf, toInput } from './values.ts'

const record = (id: string, value: Readonly<Record<string, Json>>, alive = true): RecordView => {
  const dot = { peerId: 'a', seq: 1 }
  const fields = Object.fromEntries(Object.entries(value).map(([name, it]) => [name, { value: it, dot }]))
  return { resourceType: 'reading', id, alive, fields, value }
}
const reading = record('r1', { meter: 'E-9', address: 'Zürichstrasse 4', value: 812.5, unit: 'kWh' })
const airport = record('00M', { iata: '00M', name: 'Thigpen', city: 'Bay Springs', latitude: 31.95 })

test('search finds every word in any field, whatever the case and the accents', () => {
  const all = [reading, airport]
  expect(searchRecords(all, 'zurich E-9')).toEqual([reading])
  expect(searchRecords(all, 'BAY thig')).toEqual([airport])
  expect(searchRecords(all, '00m')).toEqual([airport])
  expect(searchRecords(all, 'bay zurich')).toEqual([])
  expect(searchRecords(all, ' ')).toEqual(all)
})

test('search puts the record whose id or title it is first, then what begins with it', () => {
  const list = [
    record('x1', { name: 'Abbey', city: 'Boston' }),
    record('x2', { name: 'Boston Mills' }),
    record('bost', { name: 'Zeta' }),
    record('BOS', { name: 'Logan', city: 'Boston' }),
  ]
  const found = (query: string) => searchRecords(list, query).map(({ id }) => id)
  expect(found('bos')).toEqual(['BOS', 'x2', 'bost', 'x1'])
  expect(found('Zeta')).toEqual(['bost'])
})

test('readings of one meter stand with the latest first, those without a date last', () => {
  const list = ['2026-01-31', '', '2026-03-01', '2025-12-31'].map((readOn, index) =>
    record(`r${index}`, { meter: 'E-9', readOn }),
  )
  expect(sortRecords(list).map(({ id }) => id)).toEqual(['r2', 'r0', 'r3', 'r1'])
})

test('the details of a row stand in the order of the form', () => {
  const it = record('r', { address: 'Bay 1', medium: 'Gas', aaa: 'x', meter: 'E-9', note: 'dog' })
  expect(summarize(it).detail).toBe('Bay 1 · Gas · dog · x')
})

test('a new record of an imported list has the fields of the others', () => {
  const others = [record('gone', { old: 1 }, false), record('a', { name: 'x', n: null }), record('b', { n: 2 })]
  expect(formFields(kindOf('airport'), undefined, others)).toEqual([
    { name: 'name', label: 'name', input: 'text' },
    { name: 'n', label: 'n', input: 'number' },
  ])
})

test('an edit is told by the fields that stand as it wrote them', () => {
  const dot = { peerId: 'a', seq: 1 }
  const it = record('r', { meter: 'E-9', value: 1 })
  const edited = { ...it, fields: { ...it.fields, note: { value: 'dog', dot: { peerId: 'b', seq: 1 } } } }
  expect(editedFields(edited, dot)).toEqual(['meter', 'value'])
  expect(editedFields(edited, { peerId: 'b', seq: 1 })).toEqual(['note'])
})

test('deleted records are not listed', () => {
  expect(searchRecords([record('gone', {}, false)], '')).toEqual([])
})

test('records stand in the order in which a person counts', () => {
  const ids = (records: readonly RecordView[]) => records.map(({ id }) => id)
  const list = [record('b', { meter: 'E-10' }), record('c', { meter: 'E-9' }), record('a', { meter: 'E-10' })]
  expect(ids(sortRecords(list))).toEqual(['c', 'a', 'b'])
})

test('a row shows what a record is about, known to the app or not', () => {
  expect(summarize(reading)).toEqual({ title: 'E-9', detail: 'Zürichstrasse 4', figure: '812.5 kWh' })
  expect(summarize(airport)).toEqual({ title: 'Thigpen', detail: 'Bay Springs · 31.95', figure: '' })
  expect(summarize(record('w1', { title: 'Seal', status: 'Open' })).figure).toBe('Open')
  expect(summarize(record('x', { flag: true })).title).toBe('x')
})

test('a form has the fields of its kind, and an imported record its own', () => {
  const names = (it: RecordView | undefined) => formFields(kindOf('reading'), it).map(({ name }) => name)
  expect(names(undefined)).toEqual(['meter', 'address', 'medium', 'value', 'unit', 'readOn', 'note'])
  expect(names(record('r', { meter: 'E-9', seal: 'ok' })).slice(-2)).toEqual(['note', 'seal'])
  expect(names(airport)).toEqual(['iata', 'name', 'city', 'latitude'])
})

test('a known field that holds something of another sort is typed in as what it holds', () => {
  const spec = formFields(kindOf('reading'), record('r', { meter: 4711, value: 'unreadable' }))
  expect(spec.find(({ name }) => name === 'meter')).toMatchObject({ label: 'Meter number', input: 'number' })
  expect(spec.find(({ name }) => name === 'value')).toMatchObject({ label: 'Reading', input: 'text' })
})

test.each<[Json]>([['text'], [812.5], [true], [false], [{ a: [1] }], ['x'.repeat(100)]])(
  'the value %j survives the form',
  (value) => {
    const spec = specOf('f', value)
    expect(parseInput(toInput(value, spec), spec)).toEqual({ value })
  },
)

test('what cannot be a value says what is wanted, an empty input clears', () => {
  expect(parseInput('8l2', { name: 'v', label: 'V', input: 'number' })).toHaveProperty('problem')
  expect(parseInput('812,5', { name: 'v', label: 'V', input: 'number' })).toEqual({ value: 812.5 })
  expect(parseInput('{', specOf('f', {}))).toHaveProperty('problem')
  expect(parseInput(' ', { name: 'v', label: 'V', input: 'text' })).toEqual({ value: null })
  expect(parseInput('', { name: 'v', label: 'V', input: 'text', required: true })).toEqual({ problem: 'V is needed.' })
})

const number = (text: string) => parseInput(text, { name: 'v', label: 'V', input: 'number' })

test.each([
  ['1234', 1234],
  ['812,5', 812.5],
  ['-0.123', -0.123],
  ['0,123', 0.123],
  ['1\u202f234', 1234],
  ['1 234\u00a0567,25', 1234567.25],
  ['1.2340', 1.234],
  ['1234.567', 1234.567],
])('%j is read as the number %d', (text, value) => expect(number(text)).toEqual({ value }))

test.each(['1,234', '1.234', '-12.345', '+812,500'])('%j could be two numbers, and is asked about', (text) => {
  expect(number(text)).toEqual({ problem: expect.stringMatching(/^Is this .* Write it without separators\./) })
})

test.each(['0x10', '1e3', '1,234,567', '1.234,5', '.5', '5.', '--1', 'Infinity', '9'.repeat(400)])(
  '%j is no number',
  (text) => expect(number(text)).toEqual({ problem: 'Give a number, such as 812.5.' }),
)
