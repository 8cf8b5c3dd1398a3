import type { Entry } from './entry.ts'
import type { MergeRules } from './merge-rules.ts'
import { RecordState } from './record-state.ts'
import type { ConflictView, RecordView } from './view.ts'
import { compareText } from './write-order.ts'

/** All records of one type. */
interface TypeTable {
  readonly records: Map<string, RecordState>
  /** By id, and the newcomers behind: almost sorted, which sorting makes good use of. */
  order: RecordState[]
  isSorted: boolean
  views: readonly RecordView[] | undefined
}

const NO_RECORDS: readonly RecordView[] = Object.freeze([])

/** All records of all types, and which of them are in conflict. */
export class RecordTable {
  readonly #compare: MergeRules['compare']
  readonly #types = new Map<string, TypeTable>()
  readonly #contested = new Set<RecordState>()
  #conflicts: readonly ConflictView[] | undefined

  constructor(compare: MergeRules['compare']) {
    this.#compare = compare
  }

  apply(entry: Entry): void {
    const table = this.#typeOf(entry)
    const record = this.#recordOf(table, entry)
    const wasContested = record.isContested
    record.apply(entry)
    table.views = undefined
    if (record.isContested) this.#contested.add(record)
    else this.#contested.delete(record)
    if (wasContested || record.isContested) this.#conflicts = undefined
  }

  find(resourceType: string, id: string): RecordState | undefined {
    return this.#types.get(resourceType)?.records.get(id)
  }

  types(): readonly string[] {
    return [...this.#types.keys()].toSorted()
  }

  /** By id; the same array until a record of the type changes. */
  records(resourceType: string): readonly RecordView[] {
    const table = this.#types.get(resourceType)
    if (!table) return NO_RECORDS
    if (!table.isSorted) table.order = table.order.toSorted((a, b) => compareText(a.id, b.id))
    table.isSorted = true
    table.views ??= table.order.map((record) => record.view())
    return table.views
  }

  /** By type, id and field; the same array until a record in conflict changes. */
  conflicts(): readonly ConflictView[] {
    this.#conflicts ??= [...this.#contested]
      .toSorted((a, b) => compareText(a.resourceType, b.resourceType) || compareText(a.id, b.id))
      .flatMap((record) => record.conflicts())
    return this.#conflicts
  }

  #typeOf({ resourceType }: Entry): TypeTable {
    let table = this.#types.get(resourceType)
    if (!table) {
      table = { records: new Map(), order: [], isSorted: true, views: undefined }
      this.#types.set(resourceType, table)
    }
    return table
  }

  #recordOf(table: TypeTable, { resourceType, id }: Entry): RecordState {
    let record = table.records.get(id)
    if (!record) {
      record = new RecordState(resourceType, id, this.#compare)
      table.records.set(id, record)
      table.order.push(record)
      table.isSorted = false
    }
    return record
  }
}
