import type { Json } from '#model/entry'
import type { Table } from '../../src/demo/import/table.ts'
import type { ImportPlan } from '../../src/demo/import/to-inputs.ts'
import type { LoadedFile } from '../../src/demo/import/use-import.ts'

/** A file as the app read it. */
export const table = (
  rows: number,
  columns: readonly string[],
  cell: (row: number, column: string) => Json,
): Table => ({
  columns,
  rows: Array.from({ length: rows }, (_, at) => ({
    row: at + 2,
    cells: new Map(columns.map((column) => [column, cell(at, column)])),
  })),
  bad: [],
})

export const fileOf = (it: Table, name = 'readings-march.csv'): LoadedFile => ({
  name,
  table: it,
  guessedId: it.columns[0],
})

const meter = (row: number): string => `E-${4711 + row}`

/** 3,000 readings of one survey. */
export const SURVEY = table(3_000, ['meter', 'address', 'value'], (row, column) => {
  if (column === 'value') return 812 + row
  return column === 'meter' ? meter(row) : `Mill Lane ${row + 1}`
})

/** All of them new. */
export const PLAN: ImportPlan = {
  inputs: SURVEY.rows.map(({ row }, at) => ({
    row,
    input: { id: meter(at), resourceType: 'reading', action: 'create', data: {} },
  })),
  bad: [],
  unchanged: 0,
}
export const CHOICES = { resourceType: 'reading', idColumn: 'meter' }
