import type { Entry } from './entry.ts'
import type { MergeRules } from './merge-rules.ts'
import { RecordState } from './record-state.ts'
import { SortedViews } from './sorted-views.ts'
import type { ConflictView, RecordView } from './view.ts'
import { compareText } from './write-order.ts'

/** All records of one type. */
interface TypeTable {
  readonly records: Map<string, RecordState>
  readonly views: SortedViews
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
    table.views.touch(record)
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
    return this.#types.get(resourceType)?.views.all() ?? NO_RECORDS
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
      table = { records: new Map(), views: new SortedViews() }
      this.#types.set(resourceType, table)
    }
    return table
  }

  #recordOf(table: TypeTable, { resourceType, id }: Entry): RecordState {
    let record = table.records.get(id)
    if (!record) {
      record = new RecordState(resourceType, id, this.#compare)
      table.records.set(id, record)
      table.views.add(record)
    }
    return record
  }
}
