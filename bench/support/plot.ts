import { figure } from './format.ts'
import type { BenchResult, BenchTable } from './results.types.ts'
import { type RowSummary, summarize } from './statistics.ts'

const WIDTH = 860
const NAMES = 270
const FIGURES = 110
const BAR = 12
const ROW = 22
const HEAD = 46
const LEFT = NAMES + 12
const SPAN = WIDTH - LEFT - FIGURES
/** Beyond this factor between the longest and the shortest bar the short ones could not be seen: a logarithmic scale. */
const LOG_FROM = 30

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: currentColor }
  .title { font-weight: 600; font-size: 13px }
  .faint { opacity: .7 }
  .bar { fill: #7f8ea3 } .ours { fill: #2b7de0 } .dot { fill: currentColor; opacity: .45 }
  .aim { stroke: currentColor; stroke-dasharray: 3 3; opacity: .6 }
  svg { color: #1c2430 }
  @media (prefers-color-scheme: dark) { svg { color: #e6ebf2 } .bar { fill: #66758c } .ours { fill: #5aa2f7 } }`

/** A result as bars with every sample as a dot; readable on light and dark pages, without any script. */
export const asSvg = (result: BenchResult): string => {
  let y = 8
  const panels = result.tables.map((table) => {
    const drawn = panel(table, y)
    y += HEAD + table.rows.length * ROW + 10
    return drawn
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" role="img" aria-label="${safe(result.title)}">`,
    `<style>${STYLE}\n</style>`,
    ...panels,
    '</svg>',
    '',
  ].join('\n')
}

const panel = (table: BenchTable, top: number): string => {
  const sums = summarize(table)
  const scale = scaleOf(sums)
  const heading = `${table.title} [${table.unit}]${scale.logarithmic ? ', logarithmic' : ''}`
  return [
    `<text class="title" x="0" y="${top + 20}">${safe(heading)}</text>`,
    ...sums.map((sum, index) => bar(sum, scale.place, top + HEAD - 12 + index * ROW)),
  ].join('\n')
}

const bar = (
  { row, figures: samples, median, ratio }: RowSummary,
  place: (value: number) => number,
  y: number,
): string => {
  const middle = y + ROW / 2
  const label = `<text x="${NAMES}" y="${middle + 4}" text-anchor="end">${safe(row.name)}</text>`
  if (median === undefined)
    return `${label}\n<text class="faint" x="${LEFT}" y="${middle + 4}">${safe(row.failed ?? 'no figure')}</text>`
  const dots = spread(samples).map(
    (sample) => `<circle class="dot" cx="${at(LEFT + place(sample))}" cy="${middle}" r="2"/>`,
  )
  const figures = ratio === undefined ? figure(median) : `${figure(median)} · ${figure(ratio)}×`
  const kind = /fieldmesh|engine/i.test(row.name) ? 'ours' : 'bar'
  return [
    label,
    `<rect class="${kind}" x="${LEFT}" y="${middle - BAR / 2}" width="${at(place(median))}" height="${BAR}" rx="2"/>`,
    ...dots,
    `<text x="${WIDTH}" y="${middle + 4}" text-anchor="end">${figures}</text>`,
  ].join('\n')
}

/** Of many samples so many stand for all, evenly by rank: the picture stays small and keeps both ends. */
const MOST_DOTS = 60
const spread = (samples: readonly number[]): readonly number[] => {
  if (samples.length <= MOST_DOTS) return samples
  const sorted = samples.toSorted((a, b) => a - b)
  const step = (sorted.length - 1) / (MOST_DOTS - 1)
  return Array.from({ length: MOST_DOTS }, (_, i) => sorted[Math.round(i * step)] ?? 0)
}

interface Scale {
  readonly logarithmic: boolean
  /** Length of a bar in pixels. */
  readonly place: (value: number) => number
}

const scaleOf = (sums: readonly RowSummary[]): Scale => {
  const values = sums.flatMap(({ figures }) => figures).filter((value) => value > 0)
  const most = Math.max(...values, 1e-9)
  const least = Math.min(...values, most)
  if (most / least < LOG_FROM) return { logarithmic: false, place: (value) => Math.max(1, (value / most) * SPAN) }
  // The shortest bar still shows: the scale begins below it.
  const base = least / 2
  return {
    logarithmic: true,
    place: (value) => Math.max(1, (Math.log(Math.max(value, base) / base) / Math.log(most / base)) * SPAN),
  }
}

const at = (value: number): string => value.toFixed(1)

const safe = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
