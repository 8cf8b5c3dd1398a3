import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { EntryInput } from '#model/entry'
import { FieldmeshError } from '#model/fault'
import type { RecordView } from '#model/view'
import { guessId } from './guess-id.ts'
import { planWords, splitResult } from './import-words.ts'
import { parseCsv } from './parse-csv.ts'
import { parseJson } from './parse-json.ts'
import { decode, readFile } from './read-file.ts'
import { runImport } from './run-import.ts'
import { UnreadableFile } from './table.ts'
import { toInputs } from './to-inputs.ts'

const cellsOf = (text: string) => parseCsv(text).rows.map(({ cells }) => Object.fromEntries(cells))
const airports = readFileSync(new URL('../../../node_modules/vega-datasets/data/airports.csv', import.meta.url), 'utf8')
const nothing = () => undefined

test('a real file of airports is read whole: names with commas, numbers as numbers, its id found', () => {
  const table = parseCsv(airports)
  expect(table.columns).toEqual(['iata', 'name', 'city', 'state', 'country', 'latitude', 'longitude'])
  expect(table.bad).toEqual([])
  expect(table.rows).toHaveLength(3376)
  expect(guessId(table)).toBe('iata')
  const { inputs, bad } = toInputs(table, { resourceType: 'reading', idColumn: 'iata', existing: nothing })
  expect(bad).toEqual([])
  expect(inputs[0]).toEqual({
    row: 2,
    input: {
      id: '00M',
      resourceType: 'reading',
      action: 'create',
      data: {
        iata: '00M',
        name: 'Thigpen',
        city: 'Bay Springs',
        state: 'MS',
        country: 'USA',
        latitude: 31.95376472,
        longitude: -89.23450472,
      },
    },
  })
})

test('codes with leading zeros and numbers too long for a number stay text', () => {
  expect(cellsOf('zip,serial,n\n00501,1234567890123456,7\n10001,2,-0.5')).toEqual([
    { zip: '00501', serial: '1234567890123456', n: 7 },
    { zip: '10001', serial: '2', n: -0.5 },
  ])
})

test('a column of true and false becomes yes and no; empty cells are left out', () => {
  expect(cellsOf('id;sealed\n1;TRUE\n2;false\n3;')).toEqual([
    { id: 1, sealed: true },
    { id: 2, sealed: false },
    { id: 3 },
  ])
})

test('rows with too few or too many values are listed with the reason, the others are kept', () => {
  const table = parseCsv('a,b\n1,2\n3\n\n4,5,6\n7,8\n')
  expect(table.rows.map(({ row }) => row)).toEqual([2, 6])
  expect(table.bad).toEqual([
    { row: 3, reason: '1 value for 2 columns' },
    { row: 5, reason: '3 values for 2 columns' },
  ])
})

test('the first row shows the delimiter, whatever stands in bad rows below', () => {
  const table = parseCsv('"id, unique";x\n1;2\n3\n1,2')
  expect(table.columns).toEqual(['id, unique', 'x'])
  expect(table.bad.map(({ row }) => row)).toEqual([3, 4])
  expect(parseCsv('id\tx\n1\t2').columns).toEqual(['id', 'x'])
  expect(parseCsv('id\n1').columns).toEqual(['id'])
})

test('columns without a name, or with the same one, get one of their own', () => {
  expect(parseCsv('a,a,\n1,2,3').columns).toEqual(['a', 'a 2', 'column 3'])
})

test('a column named like a prototype is data', () => {
  const [row] = parseCsv('id,__proto__\n1,x').rows
  expect(row?.cells.get('__proto__')).toBe('x')
})

test('a list of objects is read, also from within an object; what is not an object is listed', () => {
  const table = parseJson('{"made":"2026","records":[{"id":1,"tags":["a"]},7,{"id":2,"note":null}]}')
  expect(table.columns).toEqual(['id', 'tags'])
  expect(table.rows.map(({ cells }) => Object.fromEntries(cells))).toEqual([{ id: 1, tags: ['a'] }, { id: 2 }])
  expect(table.bad).toEqual([{ row: 2, reason: 'not an object with fields' }])
})

test('a file that is no table is refused in words', async () => {
  expect(() => parseCsv('')).toThrow(UnreadableFile)
  expect(() => parseJson('{"a":1}')).toThrow(UnreadableFile)
  await expect(readFile(new File(['[{"id":'], 'broken.json'))).rejects.toThrow(/not JSON/)
})

test.each([[[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a]], [[0x61, 0, 0x62]], [[0x61, 0x7f]]])(
  'a file with the bytes %j is no text',
  async (bytes) => {
    await expect(readFile(new File([new Uint8Array(bytes)], 'x.csv'))).rejects.toThrow('This is not a text file.')
  },
)

test('tabs, line ends and form feeds are text, and so is UTF-16 that says so', async () => {
  expect((await readFile(new File(['a\tb\r\n1\t2\f\n'], 'x.tsv'))).rows).toHaveLength(1)
  expect(decode(new Uint8Array([0xff, 0xfe, 0x5a, 0, 0xfc, 0]).buffer)).toBe('Zü')
})

test('a quote that is never closed is told with its row, and that the rest was not read', () => {
  const reason = 'A quote opened in row 3 is never closed; everything after it was not read.'
  const table = parseCsv('a,b\n1,2\n3,"4\n5,6')
  expect(table.rows).toHaveLength(1)
  expect(table.bad).toEqual([{ row: 3, reason }])
  expect(() => parseCsv('a,"b\n1,2')).toThrow(/opened in row 1 is never closed/)
})

test('a file that is not UTF-8 is read as spreadsheets on Windows write it', () => {
  expect(decode(new Uint8Array([0x5a, 0xfc, 0x72, 0x69]).buffer)).toBe('Züri')
})

test('the id is a column named like one that tells all rows apart; any other unique column is data', () => {
  expect(guessId(parseCsv('x,id\n1,7\n2,8\n3,\n4,8\n5,9'))).toBe('id')
  expect(guessId(parseCsv('name,uuid\nx,7\ny,8'))).toBe('uuid')
  expect(guessId(parseCsv('name,id\nx,7\ny,7'))).toBeUndefined()
  expect(guessId(parseCsv('address,value\nBay 1,812\nBay 1,815'))).toBeUndefined()
  expect(guessId(parseCsv('delay,distance\n1,2\n1,2'))).toBeUndefined()
})

test.each(['meter', 'meter_id', 'Meter number', 'Meter No', 'value'])(
  '%s is no id of a reading: the next file has the same ones',
  (column) => expect(guessId(parseCsv(`${column},address\n7,x\n8,x`))).toBeUndefined(),
)

test('rows without an id, and rows with the id of an earlier one, are bad', () => {
  const table = parseCsv('id,v\na,1\n,2\na,3')
  const { inputs, bad } = toInputs(table, { resourceType: 't', idColumn: 'id', existing: nothing })
  expect(inputs.map(({ input }) => input.id)).toEqual(['a'])
  expect(bad).toEqual([
    { row: 3, reason: 'no value in “id”' },
    { row: 4, reason: 'same id “a” as row 2' },
  ])
})

const made = (text: string, existing: (id: string) => RecordView | undefined = nothing) =>
  toInputs(parseCsv(text), { resourceType: 't', idColumn: undefined, existing })
const idsOf = (text: string) => made(text).inputs.map(({ input }) => input.id)

test('made ids follow from what the rows hold, wherever they stand; a row that is there twice is two records', () => {
  const [first, second, third] = idsOf('m,v\nE-1,5\nE-2,5\nE-1,5')
  expect(new Set([first, second, third]).size).toBe(3)
  expect(idsOf('v,m\n5,E-2\n5,E-1\n5,E-1')).toEqual([second, first, third])
  expect(idsOf('m,v\nE-1,5\nE-1,x')[0]).toBe(first)
})

test('made ids of different rows never meet: 3,376 airports and as many with one digit changed', () => {
  const withoutId = airports.replaceAll(/^[^,]*,/gm, '')
  const ids = [...idsOf(withoutId), ...idsOf(withoutId.replaceAll(/(\d)$/gm, (digit) => String(9 - Number(digit))))]
  expect(ids).toHaveLength(6752)
  expect(new Set(ids).size).toBe(6752)
})

test('with made ids, a file imported again changes nothing, not even what was edited since', () => {
  const plan = made('m,v\nE-1,5\nE-2,6', (id) => ({ ...record({ m: 'E-1', v: 9 }), id }))
  expect(plan).toEqual({ inputs: [], bad: [], unchanged: 2 })
})

const record = (value: RecordView['value'], conflict = false): RecordView => {
  const dot = { peerId: 'a', seq: 1 }
  const other = { value: 0, dot, timestamp: 1 }
  const fields = Object.entries(value).map(([name, it]) => [
    name,
    { value: it, dot, ...(conflict && { conflict: [other] }) },
  ])
  return { resourceType: 't', id: 'a', alive: true, fields: Object.fromEntries(fields), value }
}

test('importing a file again writes only what differs', () => {
  const table = parseCsv('id,v,w\na,1,2')
  const plan = (existing: RecordView) =>
    toInputs(table, { resourceType: 't', idColumn: 'id', existing: () => existing })
  expect(plan(record({ id: 'a', v: 1, w: 2 }))).toEqual({ inputs: [], bad: [], unchanged: 1 })
  expect(plan(record({ id: 'a', v: 9, w: 2 })).inputs[0]?.input).toMatchObject({ action: 'update', data: { v: 1 } })
  expect(plan(record({ id: 'a', v: 1, w: 2 }, true)).inputs).toHaveLength(1)
})

test('a plan says what is new and what changes, and a result counts only what was written', () => {
  const known = new Map([['a', record({ id: 'a', v: 9 })]])
  const plan = toInputs(parseCsv('id,v\na,1\nb,1\nc,1\nd,1\n,1'), {
    resourceType: 't',
    idColumn: 'id',
    existing: (id) => known.get(id),
  })
  expect(planWords(plan)).toBe('3 new, 1 changes a record that exists, 1 bad row')
  expect(planWords({ inputs: [], bad: [], unchanged: 2 })).toBe('0 new, 2 unchanged')
  const result = { imported: 2, bad: [{ row: 3, reason: 'x' }], left: 1 }
  expect(splitResult(plan, result)).toEqual({ created: 1, changed: 1 })
})

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const input: EntryInput = { id: `r${index}`, resourceType: 't', action: 'create', data: {} }
    return { row: index + 1, input }
  })

test('rows are written in batches, with progress after each', async () => {
  const sizes: number[] = []
  const progress: number[] = []
  const result = await runImport(rows(1_200), {
    sync: async (entries) => void sizes.push(entries.length),
    onProgress: (done) => progress.push(done),
    signal: new AbortController().signal,
  })
  expect(result).toEqual({ imported: 1_200, bad: [], left: 0 })
  expect(sizes).toEqual([500, 500, 200])
  expect(progress).toEqual([500, 1_000, 1_200])
})

test('canceling stops after the batch under way', async () => {
  const cancel = new AbortController()
  const result = await runImport(rows(1_200), {
    sync: async () => {},
    onProgress: () => cancel.abort(),
    signal: cancel.signal,
  })
  expect(result).toEqual({ imported: 500, bad: [], left: 700 })
})

test('a row that is refused is listed with the reason, and all others are written', async () => {
  const written = new Set<string>()
  const sync = async (entries: readonly EntryInput[]) => {
    if (entries.some(({ id }) => id === 'r7' || id === 'r600')) throw new FieldmeshError('entry-too-large')
    for (const { id } of entries) written.add(id)
  }
  const result = await runImport(rows(700), { sync, onProgress: () => {}, signal: new AbortController().signal })
  expect(result).toMatchObject({ imported: 698, left: 0, bad: [{ row: 8 }, { row: 601 }] })
  expect(written.size).toBe(698)
})

test('a full storage stops the import and says how much is left', async () => {
  let batches = 0
  const sync = async () => {
    batches += 1
    if (batches === 2) throw new FieldmeshError('storage-full')
  }
  const result = await runImport(rows(1_200), { sync, onProgress: () => {}, signal: new AbortController().signal })
  expect(result).toMatchObject({ imported: 500, left: 700, problem: { code: 'storage-full' } })
})
