/** What a measurement should reach. Exactly one of `atMost` and `atLeast` is given. */
export interface Aim {
  /** `ratio`: the row's ratio to its table's baseline; otherwise a figure of the row itself, in the table's unit. */
  readonly of: 'ratio' | 'median' | 'p95' | 'max'
  readonly atMost?: number
  readonly atLeast?: number
}

/** One measured thing: a row of a table. */
export interface BenchRow {
  readonly name: string
  /** One figure a round, in the table's unit, in the order of the rounds; null for a round that nothing came of. */
  readonly samples: readonly (number | null)[]
  /** Of several, every one must be reached. */
  readonly aim?: Aim | readonly Aim[]
  /** What a reader must know of this row. */
  readonly note?: string
  /** Why there are no samples, or fewer than rounds, such as `not within 60 s`. An aim is then not reached. */
  readonly failed?: string
}

/** Rows that were measured side by side, in turns, in one run. */
export interface BenchTable {
  readonly title: string
  /** Unit of every sample, such as `ms`, `MB/s`, `bytes per record`. */
  readonly unit: string
  /** Name of the row that every other is a ratio to; absent where the figures stand alone. */
  readonly baseline?: string
  /**
   * True where sample i of every row comes from round i: the ratio is then the median of the ratios of the rounds in
   * which both rows have a figure, which a busy machine disturbs less. Otherwise it is the ratio of the medians.
   */
  readonly paired?: boolean
  /** Name of the row that the index of all parts shows, though it has no aim; rows with an aim are shown anyway. */
  readonly headline?: string
  readonly rows: readonly BenchRow[]
}

/** One part of the benchmarks. */
export interface BenchResult {
  readonly title: string
  /** How it was measured, a paragraph of Markdown. */
  readonly about: string
  readonly tables: readonly BenchTable[]
  /** What it found, in Markdown, one item a line of a list. */
  readonly findings?: readonly string[]
}
