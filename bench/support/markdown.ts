import { COLUMNS, cells } from './format.ts'
import { line } from './markdown-table.ts'
import type { MachineFacts } from './machine-facts.ts'
import type { BenchResult, BenchTable } from './results.types.ts'
import { isFigure, summarize } from './statistics.ts'

/** A result as a page: the plot, the tables, what they mean, and the machine. */
export const asMarkdown = (name: string, result: BenchResult, facts: MachineFacts): string =>
  `${[
    `# ${result.title}`,
    result.about,
    `![${result.title}](./${name}.svg)`,
    ...result.tables.map(tableMarkdown),
    ...(result.findings?.length ? [result.findings.map((finding) => `- ${finding}`).join('\n')] : []),
    machineWords(facts),
  ].join('\n\n')}\n`

const tableMarkdown = (table: BenchTable): string => {
  const rule = COLUMNS.map((_, column) => (column === 0 ? '---' : '---:'))
  const rows = summarize(table).map((sum) => line(cells(sum, table)))
  const notes = table.rows
    .map(({ name, note, failed }) => ({ name, words: [failed, note].filter((it) => it !== undefined).join('; ') }))
    .filter(({ words }) => words !== '')
    .map(({ name, words }) => `- *${name}*: ${words}`)
  return [
    `## ${table.title}`,
    `Unit: ${table.unit}.${ratioWords(table)}`,
    [line(COLUMNS), line(rule), ...rows].join('\n'),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
  ].join('\n\n')
}

/** What the ratios of a table are ratios of. */
export const ratioWords = ({ baseline, paired, rows }: BenchTable): string => {
  if (baseline === undefined) return ''
  if (!paired) return ` Ratio to “${baseline}”: of the medians.`
  const rounds = Math.max(...rows.map(({ samples }) => samples.length))
  const isWhole = rows.every(({ samples }) => samples.filter(isFigure).length === rounds)
  const which = isWhole ? 'the rounds' : 'those rounds in which both have a figure'
  return ` Ratio to “${baseline}”: median of the ratios of ${which}.`
}

/** The machine in one line. */
export const machineWords = (facts: MachineFacts): string =>
  `${facts.date.slice(0, 10)}, commit ${facts.commit}, ${facts.cores} × ${facts.cpu}, ${facts.memoryGiB} GiB, Node ${facts.node.replace(/^v/, '')}, Chromium ${facts.chromium}, load ${facts.loadBefore[0]} before and ${facts.loadAfter[0]} after.`
