import type { Json } from '#model/entry'

/** One row of a file. */
export interface Row {
  /** As a person counts: the first data row of a CSV file is row 2, the first object of a list is 1. */
  readonly row: number
  readonly cells: ReadonlyMap<string, Json>
}

/** A row that was not imported, and why. */
export interface BadRow {
  readonly row: number
  readonly reason: string
}

/** A file as columns and rows, whatever its format. */
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
  readonly bad: readonly BadRow[]
}

/** A file that cannot be read at all; its message is for the user. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
}
