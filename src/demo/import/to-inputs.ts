import type { EntryInput, Json } from '#model/entry'
import type { RecordView } from '#model/view'
import { rowHash } from './row-hash.ts'
import type { BadRow, Row, Table } from './table.ts'

/** One entry to write, and the row that it comes from. */
export interface RowInput {
  readonly row: number
  readonly input: EntryInput
}

/** What importing a table will do. */
export interface ImportPlan {
  /** Rows that become new records (`create`) or change records that exist (`update`). */
  readonly inputs: readonly RowInput[]
  readonly bad: readonly BadRow[]
  /** Rows whose record already holds the same values. */
  readonly unchanged: number
}

export interface ImportOptions {
  readonly resourceType: string
  /** Column of the record's id; undefined for ids made of what the row holds. */
  readonly idColumn: string | undefined
  readonly existing: (id: string) => RecordView | undefined
}

/** Turns rows into entries: new records whole, known records by what differs. */
export const toInputs = (table: Table, options: ImportOptions): ImportPlan => {
  const inputs: RowInput[] = []
  const bad: BadRow[] = [...table.bad]
  const firstRowOf = new Map<string, number>()
  const idOf = options.idColumn === undefined ? makeIds() : idIn(options.idColumn)
  let unchanged = 0
  for (const { row, cells } of table.rows) {
    const id = idOf(cells)
    const earlier = firstRowOf.get(id)
    if (id === '') bad.push({ row, reason: `no value in “${options.idColumn}”` })
    else if (earlier !== undefined) bad.push({ row, reason: `same id “${id}” as row ${earlier}` })
    else {
      firstRowOf.set(id, row)
      const input = entryOf(id, cells, options)
      if (input) inputs.push({ row, input })
      else unchanged += 1
    }
  }
  return { inputs, bad: bad.toSorted((a, b) => a.row - b.row), unchanged }
}

const idIn =
  (column: string) =>
  (cells: Row['cells']): string => {
    const value = cells.get(column) ?? ''
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }

/** The same row is the same record in every file; a row that a file holds twice is two records. */
const makeIds = () => {
  const times = new Map<string, number>()
  return (cells: Row['cells']): string => {
    const hash = rowHash(cells)
    const time = (times.get(hash) ?? 0) + 1
    times.set(hash, time)
    return time === 1 ? hash : `${hash}-${time}`
  }
}

const entryOf = (id: string, cells: Row['cells'], options: ImportOptions): EntryInput | undefined => {
  const { resourceType, idColumn, existing } = options
  const before = existing(id)
  if (!before?.alive) return { id, resourceType, action: 'create', data: Object.fromEntries(cells) }
  // A made id says that the record came from this very row: what differs was edited since, and stays.
  if (idColumn === undefined) return undefined
  const changed = [...cells].filter(([name, value]) => differs(before, name, value))
  return changed.length > 0 ? { id, resourceType, action: 'update', data: Object.fromEntries(changed) } : undefined
}

/** A field in conflict is written in any case: the file decides it. */
const differs = (record: RecordView, name: string, value: Json): boolean => {
  const field = Object.hasOwn(record.fields, name) ? record.fields[name] : undefined
  return !field || field.conflict !== undefined || JSON.stringify(field.value) !== JSON.stringify(value)
}
