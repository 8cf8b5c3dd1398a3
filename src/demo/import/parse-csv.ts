import Papa, { type ParseError } from 'papaparse'
import type { Json } from '#model/entry'
import { count } from '../words.ts'
import { type BadRow, type Row, type Table, UnreadableFile } from './table.ts'

/** Reads CSV, TSV and the like; the first row names the columns and shows the delimiter. */
export const parseCsv = (text: string): Table => {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: delimiterOf(text) })
  const [header, ...body] = data
  if (!header || isBlank(header)) throw new UnreadableFile('The file has no first row with the names of the columns.')
  const columns = nameColumns(header)
  const quoteErrors = new Map(errors.filter((it) => it.type === 'Quotes').map((it) => [it.row ?? 0, quoteProblem(it)]))
  const inHeader = quoteErrors.get(0)
  if (inHeader) throw new UnreadableFile(inHeader)
  const good: { row: number; values: string[] }[] = []
  const bad: BadRow[] = []
  for (const [index, values] of body.entries()) {
    if (isBlank(values)) continue
    const row = index + 2
    const reason = quoteErrors.get(index + 1) ?? countProblem(values.length, columns.length)
    if (reason) bad.push({ row, reason })
    else good.push({ row, values })
  }
  return { columns, rows: typeCells(columns, good), bad }
}

const quoteProblem = ({ code, message, row = 0 }: ParseError): string =>
  code === 'MissingQuotes'
    ? `A quote opened in row ${row + 1} is never closed; everything after it was not read.`
    : message

/** The first row decides: bad rows further down must not mislead. */
const delimiterOf = (text: string): string => {
  const [header = ''] = text
    .trimStart()
    .replace(/"[^"]*"/g, '')
    .split('\n', 1)
  const times = (delimiter: string) => header.split(delimiter).length
  return [',', ';', '\t', '|'].reduce((best, it) => (times(it) > times(best) ? it : best))
}

const isBlank = (values: readonly string[]): boolean => values.every((it) => it.trim() === '')

const countProblem = (have: number, want: number): string | undefined =>
  have === want ? undefined : `${count(have, 'value')} for ${count(want, 'column')}`

/** Every column gets a name, and no two the same one. */
const nameColumns = (header: readonly string[]): string[] => {
  const taken = new Set<string>()
  return header.map((cell, index) => {
    const wanted = cell.trim() || `column ${index + 1}`
    let name = wanted
    for (let copy = 2; taken.has(name); copy += 1) name = `${wanted} ${copy}`
    taken.add(name)
    return name
  })
}

type Convert = (text: string) => Json

// A leading zero means a code (a zip code, a meter number), and beyond 15 digits a number would lose some.
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
const isNumber = (text: string): boolean => NUMBER.test(text) && text.replace(/\D/g, '').length <= 15
const isYesNo = (text: string): boolean => /^(?:true|false)$/i.test(text)

/** A column is of numbers or of true and false only if all of it is. */
const convertOf = (values: readonly string[]): Convert => {
  const filled = values.filter((it) => it !== '')
  if (filled.length > 0 && filled.every(isNumber)) return Number
  if (filled.length > 0 && filled.every(isYesNo)) return (text) => text.toLowerCase() === 'true'
  return (text) => text
}

/** Empty cells are left out: a record then does not have the field. */
const typeCells = (columns: readonly string[], rows: readonly { row: number; values: string[] }[]): Row[] => {
  const trimmed = rows.map(({ row, values }) => ({ row, values: values.map((it) => it.trim()) }))
  const converts = columns.map((_, index) => convertOf(trimmed.map(({ values }) => values[index] ?? '')))
  return trimmed.map(({ row, values }) => {
    const cells = new Map<string, Json>()
    for (const [index, column] of columns.entries()) {
      const text = values[index]
      const convert = converts[index]
      if (text && convert) cells.set(column, convert(text))
    }
    return { row, cells }
  })
}
