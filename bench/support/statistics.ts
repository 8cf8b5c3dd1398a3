import type { Aim, BenchRow, BenchTable } from './results.types.ts'

/** What a row comes to; `undefined` where it has no samples, or no baseline to be a ratio of. */
export interface RowSummary {
  readonly row: BenchRow
  /** The figures there are, in the order of the rounds. */
  readonly figures: readonly number[]
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

export const isFigure = (sample: number | null): sample is number => sample !== null

/** Every row of a table in figures. */
export const summarize = (table: BenchTable): RowSummary[] => {
  const baseline = table.rows.find(({ name }) => name === table.baseline)
  return table.rows.map((row) => {
    const figures = row.samples.filter(isFigure)
    const sums = {
      median: median(figures),
      p95: quantile(figures, 0.95),
      min: quantile(figures, 0),
      max: quantile(figures, 1),
      ratio: baseline && (table.paired ? ratioOfRounds(row, baseline) : ratioOfMedians(row, baseline)),
    }
    return { row, figures, count: figures.length, ...sums, reached: isReached(row, sums) }
  })
}

/** Of a round in which one of the two failed there is no ratio. */
const ratioOfRounds = (row: BenchRow, baseline: BenchRow): number | undefined =>
  median(
    row.samples.flatMap((mine, round) => {
      const theirs = baseline.samples[round] ?? null
      return mine === null || theirs === null ? [] : [mine / theirs]
    }),
  )

const ratioOfMedians = (row: BenchRow, baseline: BenchRow): number | undefined => {
  const [mine, theirs] = [row, baseline].map(({ samples }) => median(samples.filter(isFigure)))
  return mine === undefined || theirs === undefined ? undefined : mine / theirs
}

/** The aims of a row, of which every one must be reached. */
export const aimsOf = ({ aim }: BenchRow): readonly Aim[] => (aim === undefined ? [] : [aim].flat())

type Sums = Record<Aim['of'], number | undefined>

const isReached = (row: BenchRow, sums: Sums): boolean | undefined => {
  const aims = aimsOf(row)
  if (aims.length === 0) return undefined
  return row.failed === undefined && aims.every((aim) => isWithin(aim, sums[aim.of]))
}

const isWithin = ({ atMost, atLeast }: Aim, figure: number | undefined): boolean =>
  figure !== undefined &&
  figure <= (atMost ?? Number.POSITIVE_INFINITY) &&
  figure >= (atLeast ?? Number.NEGATIVE_INFINITY)
