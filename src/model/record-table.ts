import type { Entry } from './entry.ts'
import type { MergeRules } from './merge-rules.ts'
import { RecordState } from './record-state.ts'
import { isReservedType } from './reserved-type.ts'
import { SortedViews } from './sorted-views.ts'
import type { ConflictView, RecordView } from './view.ts'
import { compareText } from './write-order.ts'

/** Names records: resource type → ids. */
export type RecordKeys = ReadonlyMap<string, ReadonlySet<string>>

/** All records of one type. */
interface TypeTable {
  readonly records: Map<string, RecordState>
  views: SortedViews
  /** One that fieldmesh keeps for itself: seen by those who ask for it by name, and a person has nothing to resolve in it. */
  readonly isReserved: boolean
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
    if (!table.isReserved) this.#noteConflict(record, wasContested)
  }

  #noteConflict(record: RecordState, wasContested: boolean): void {
    if (record.isContested) this.#contested.add(record)
    else this.#contested.delete(record)
    if (wasContested || record.isContested) this.#conflicts = undefined
  }

  /**
   * Makes these records anew, as if they had none but these entries; the views of others stay the same objects.
   *
   * @param entries all that count of these records, in causal order
   */
  rebuild(keys: RecordKeys, entries: Iterable<Entry>): void {
    for (const [type, ids] of keys) for (const id of ids) this.#empty(type, id)
    for (const entry of entries) this.apply(entry)
    for (const [type, ids] of keys) this.#dropEmpty(type, ids)
  }

  #empty(resourceType: string, id: string): void {
    const table = this.#types.get(resourceType)
    const record = table?.records.get(id)
    if (!table || !record) return
    if (this.#contested.delete(record)) this.#conflicts = undefined
    record.reset()
    table.views.touch(record)
  }

  #dropEmpty(resourceType: string, ids: ReadonlySet<string>): void {
    const table = this.#types.get(resourceType)
    const gone = [...ids].filter((id) => table?.records.get(id)?.isEmpty)
    if (!table || gone.length === 0) return
    for (const id of gone) table.records.delete(id)
    if (table.records.size === 0) this.#types.delete(resourceType)
    table.views = new SortedViews()
    for (const record of table.records.values()) table.views.add(record)
  }

  find(resourceType: string, id: string): RecordState | undefined {
    return this.#types.get(resourceType)?.records.get(id)
  }

  types(): readonly string[] {
    return [...this.#types].flatMap(([type, { isReserved }]) => (isReserved ? [] : [type])).toSorted()
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
      table = { records: new Map(), views: new SortedViews(), isReserved: isReservedType(resourceType) }
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
