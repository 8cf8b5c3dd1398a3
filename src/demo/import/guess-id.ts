import type { Table } from './table.ts'

/**
 * Names that a record's own id has, the best first; the whole name, because `meter_id` or `meter number` in a file of
 * readings names the meter: the next month's file has the same ones, and would overwrite this month's readings.
 */
const NAMES = [/^id$/i, /^(?:(?:record|row|entry|reading)[ _-]?)?(?:id|uuid|guid|key)$/i, /^(?:code|iata)$/i]

/**
 * The column that by its name is the record's id, and is filled in every row, each time differently. A column named
 * `id` may have some bad rows, which are listed. Undefined if there is none: a column that merely happens to hold
 * different values, such as a measured one, is no id.
 */
export const guessId = ({ columns, rows }: Table): string | undefined => {
  const valuesOf = (column: string) => rows.map(({ cells }) => cells.get(column))
  const plain = columns.find((column) => NAMES[0]?.test(column))
  if (plain && new Set(valuesOf(plain)).size > rows.length / 2) return plain
  const telling = columns.filter((column) => tellsApart(valuesOf(column)))
  for (const pattern of NAMES) {
    const named = telling.find((column) => pattern.test(column))
    if (named) return named
  }
  return undefined
}

const tellsApart = (values: readonly unknown[]): boolean =>
  values.every((it) => typeof it === 'string' || Number.isSafeInteger(it)) && new Set(values).size === values.length
