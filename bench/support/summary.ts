import { aimWords, figure, reachedWords } from './format.ts'
import { line } from './markdown-table.ts'
import type { BenchResult, BenchTable } from './results.types.ts'
import { aimsOf, type RowSummary, summarize } from './statistics.ts'

/** Parts and what they found, by name. */
export type Results = ReadonlyMap<string, BenchResult>

const COLUMNS = ['', 'fieldmesh', '= 1', 'Yjs', 'automerge', 'n', 'aim', 'reached'] as const

const LEGEND = [
  '**How to read it.** A figure is the median of its samples. “2 ×” is the ratio to the row named in the column “= 1”,',
  'which was measured in turns with the others in the same run; without one the figure stands alone. Take the ratios:',
  'absolute figures belong to one machine and its load. *n*: samples of fieldmesh. *aim*: what was meant to be reached,',
  'set before it was measured. “–”: not measured, or it did not come to an end; the part’s page says which.',
].join(' ')

/** One table for all parts: fieldmesh beside what it is measured against, wherever there is an aim or a headline. */
export const summaryOf = (results: Results, parts: readonly string[]): string => {
  const lines = [...results].flatMap(([name, { tables }]) => tables.flatMap((table) => linesOf(name, table)))
  const rule = COLUMNS.map((_, column) => (column === 0 ? '---' : '---:'))
  const missing = parts.filter((part) => !results.has(part))
  return [
    LEGEND,
    [line(COLUMNS), line(rule), ...lines].join('\n'),
    ...(missing.length > 0 ? [`Not yet measured: ${missing.map((part) => `\`${part}\``).join(', ')}.`] : []),
  ].join('\n\n')
}

const linesOf = (name: string, table: BenchTable): string[] => {
  const sums = summarize(table)
  const aimed = sums.filter(({ row }) => aimsOf(row).length > 0)
  const shown = aimed.length > 0 ? aimed : sums.filter(({ row }) => row.name === table.headline)
  return shown.map((sum) => lineOf(name, table, sums, sum))
}

const lineOf = (name: string, table: BenchTable, sums: readonly RowSummary[], sum: RowSummary): string => {
  const baseline = sums.find(({ row }) => row.name === table.baseline)
  const other = (who: RegExp) =>
    measured(
      sums.find(({ row }) => who.test(row.name)),
      table.unit,
    )
  return line([
    `[${name}](./${name}.md): ${titleOf(table, sum)}`,
    measured(sum, table.unit),
    baseline ? `${baseline.row.name}, ${figure(baseline.median)} ${table.unit}` : '',
    other(/^Yjs/),
    other(/^automerge/),
    String(sum.count),
    aimWords(sum.row, table.unit),
    reachedWords(sum.reached),
  ])
}

/** The column says who it is; a row of another name says what it is. */
const titleOf = ({ title }: BenchTable, { row }: RowSummary): string =>
  row.name === 'fieldmesh' ? title : `${title}: ${row.name.replace(/^fieldmesh: /, '')}`

/** The ratio and, in brackets, the figure; empty where a table has no such row. */
const measured = (sum: RowSummary | undefined, unit: string): string => {
  if (!sum) return ''
  if (sum.median === undefined) return figure(undefined)
  const absolute = `${figure(sum.median)} ${unit}`
  return sum.ratio === undefined ? absolute : `${figure(sum.ratio)} × (${absolute})`
}
