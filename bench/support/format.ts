import type { Aim, BenchResult, BenchRow, BenchTable } from './results.types.ts'
import { aimsOf, type RowSummary, summarize } from './statistics.ts'

const NOTHING = '–'

/** Three figures that count, with thousands apart. */
export const figure = (value: number | undefined): string => {
  if (value === undefined || Number.isNaN(value)) return NOTHING
  const size = Math.abs(value)
  const digits = size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3
  return value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: 0 })
}

/** The aims of a row in words, such as `ratio ≥ 0.95`. */
export const aimWords = (row: BenchRow, unit: string): string =>
  aimsOf(row)
    .map((aim) => oneAim(aim, unit))
    .join(' and ')

const oneAim = ({ of, atMost, atLeast }: Aim, unit: string): string => {
  const bound = atMost === undefined ? `≥ ${figure(atLeast)}` : `≤ ${figure(atMost)}`
  return of === 'ratio' ? `ratio ${bound}` : `${of} ${bound} ${unit}`
}

export const reachedWords = (reached: boolean | undefined): string =>
  reached === undefined ? '' : reached ? 'yes' : 'no'

export const COLUMNS = ['', 'ratio', 'median', 'p95', 'least', 'most', 'n', 'aim', 'reached'] as const

/** The cells of one row, in the order of `COLUMNS`. */
export const cells = ({ row, ...sum }: RowSummary, table: BenchTable): string[] => [
  row.name === table.baseline ? `${row.name} (= 1)` : row.name,
  figure(sum.ratio),
  row.failed !== undefined && sum.count === 0 ? row.failed : figure(sum.median),
  figure(sum.p95),
  figure(sum.min),
  figure(sum.max),
  String(sum.count),
  aimWords(row, table.unit),
  reachedWords(sum.reached),
]

/** A result as plain text, for a terminal. */
export const asText = (result: BenchResult): string =>
  [result.title, ...result.tables.map(tableText), ...(result.findings ?? []).map((line) => `· ${line}`)].join('\n\n')

const tableText = (table: BenchTable): string => {
  const lines = [[...COLUMNS], ...summarize(table).map((sum) => cells(sum, table))]
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const padded = lines.map((line) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))),
  )
  return [`${table.title} [${table.unit}]`, ...padded.map((line) => `  ${line.join('  ').trimEnd()}`)].join('\n')
}
