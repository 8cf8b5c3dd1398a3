import type { Aim, BenchRow, BenchTable } from './results.types.ts'

/** What a row comes to; `undefined` where it has no samples, or no baseline to be a ratio of. */
export interface RowSummary {
  readonly row: BenchRow
  readonly count: number
  readonly median: number | undefined
  readonly p95: number | undefined
  readonly min: number | undefined
  readonly max: number | undefined
  readonly ratio: number | undefined
  /** Undefined where the row has no aim. */
  readonly reached: boolean | undefined
}

/** The value below which a share of the samples lies, interpolated linearly; undefined without samples. */
export const quantile = (samples: readonly number[], share: number): number | undefined => {
  const sorted = samples.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const low = sorted[Math.floor(place)]
  const high = sorted[Math.ceil(place)]
  if (low === undefined || high === undefined) return undefined
  return low + (high - low) * (place - Math.floor(place))
}

export const median = (samples: readonly number[]): number | undefined => quantile(samples, 0.5)

/** Every row of a table in figures. */
export const summarize = (table: BenchTable): RowSummary[] => {
  const baseline = table.rows.find(({ name }) => name === table.baseline)
  return table.rows.map((row) => {
    const { samples } = row
    const figures = {
      median: median(samples),
      p95: quantile(samples, 0.95),
      min: quantile(samples, 0),
      max: quantile(samples, 1),
      ratio: baseline && ratioOf(row, baseline, table.paired ?? false),
    }
    return { row, count: samples.length, ...figures, reached: row.aim && isReached(row, row.aim, figures) }
  })
}

const ratioOf = (row: BenchRow, baseline: BenchRow, paired: boolean): number | undefined => {
  if (paired && row.samples.length === baseline.samples.length)
    return median(row.samples.map((sample, round) => sample / (baseline.samples[round] ?? Number.NaN)))
  const [mine, theirs] = [median(row.samples), median(baseline.samples)]
  return mine === undefined || theirs === undefined ? undefined : mine / theirs
}

const isReached = (row: BenchRow, aim: Aim, figures: Record<Aim['of'], number | undefined>): boolean => {
  const figure = figures[aim.of]
  if (row.failed !== undefined || figure === undefined) return false
  return figure <= (aim.atMost ?? Number.POSITIVE_INFINITY) && figure >= (aim.atLeast ?? Number.NEGATIVE_INFINITY)
}
