import type { Dot, Entry, Json } from './entry.ts'
import { dotOf } from './entry-dot.ts'
import { distinctValues } from './field-values.ts'
import { addWrite, type MaximalWrites, rankWrites } from './maximal-writes.ts'
import type { MergeRules } from './merge-rules.ts'
import { getOwn, setOwn } from './plain-object.ts'
import { SeenClock } from './seen-clock.ts'
import type { ConflictingValue, ConflictView, FieldView, RecordView } from './view.ts'
import { compareText } from './write-order.ts'

/** The virtual field of a record's life. */
const ALIVE = '$alive'

/** One record: the maximal writes of each field, and the view made of them when asked for. */
export class RecordState {
  readonly resourceType: string
  readonly id: string
  readonly #compare: MergeRules['compare']
  /** The first entry, as long as there is no other: it speaks for all its fields, and most records need no more. */
  #only: Entry | undefined
  #fields: Map<string, MaximalWrites> | undefined
  #seen = new SeenClock()
  #life: MaximalWrites | undefined
  #contested = 0
  #view: RecordView | undefined

  constructor(resourceType: string, id: string, compare: MergeRules['compare']) {
    this.resourceType = resourceType
    this.id = id
    this.#compare = compare
  }

  /** Join of the clocks of every entry applied: what the next write here has seen. A copy. */
  seen(): Record<string, number> {
    return this.#seen.toClock()
  }

  /** True while a field has more than one maximal write, of equal or different values. */
  get isContested(): boolean {
    return this.#contested > 0
  }

  /** True while no entry is applied. */
  get isEmpty(): boolean {
    return this.#life === undefined
  }

  /** As if no entry had been applied. */
  reset(): void {
    this.#only = undefined
    this.#fields = undefined
    this.#seen = new SeenClock()
    this.#life = undefined
    this.#contested = 0
    this.#view = undefined
  }

  /** Costs by the fields and the clock of the entry, not by the entries before it. */
  apply(entry: Entry): void {
    this.#view = undefined
    this.#seen.add(entry.vectorClock)
    if (this.#life === undefined) this.#only = entry
    else this.#writeFields(entry)
    this.#life = this.#write(this.#life, entry)
  }

  #writeFields(entry: Entry): void {
    const fields = this.#fields ?? fieldsOf(this.#only)
    this.#fields = fields
    this.#only = undefined
    for (const field of Object.keys(entry.data)) fields.set(field, this.#write(fields.get(field), entry))
  }

  #write(before: MaximalWrites | undefined, entry: Entry): MaximalWrites {
    const wasContested = before instanceof Map
    const after = addWrite(before, entry)
    this.#contested += Number(after instanceof Map) - Number(wasContested)
    return after
  }

  /** Frozen, and the same object until an entry is applied. */
  view(): RecordView {
    this.#view ??= this.#makeView()
    return this.#view
  }

  /** By field. A deleted record has none: to settle one would bring it back. */
  conflicts(): readonly ConflictView[] {
    const life = this.#lifeValues()
    if (life[0]?.value !== true) return []
    const values = this.#fieldNames().map((field) => [field, this.#values(field)] as const)
    return [[ALIVE, life] as const, ...values]
      .filter(([, [, other]]) => other !== undefined)
      .map(([field, [winner, ...others]]) => winner && this.#conflict(field, winner, others))
      .filter((conflict) => conflict !== undefined)
      .toSorted((a, b) => compareText(a.field, b.field))
  }

  #conflict(field: string, winner: ConflictingValue, others: readonly ConflictingValue[]): ConflictView {
    return Object.freeze({ resourceType: this.resourceType, id: this.id, field, winner, others: Object.freeze(others) })
  }

  #makeView(): RecordView {
    const fields: Record<string, FieldView> = {}
    const value: Record<string, Json> = {}
    const dots = new DotMemo()
    for (const field of this.#fieldNames()) {
      const view = this.#fieldView(field, dots)
      if (!view) continue
      setOwn(fields, field, view)
      setOwn(value, field, view.value)
    }
    const [life, death] = this.#lifeValues()
    return Object.freeze({
      resourceType: this.resourceType,
      id: this.id,
      alive: life?.value === true,
      ...(death && { editedWhileDeleted: true }),
      fields: Object.freeze(fields),
      value: Object.freeze(value),
    })
  }

  #fieldNames(): string[] {
    return (this.#only ? Object.keys(this.#only.data) : [...(this.#fields?.keys() ?? [])]).sort()
  }

  #writes(field: string): MaximalWrites | undefined {
    return this.#only ?? this.#fields?.get(field)
  }

  #fieldView(field: string, dots: DotMemo): FieldView | undefined {
    const writes = this.#writes(field)
    if (writes && !(writes instanceof Map))
      return Object.freeze({ value: written(writes, field), dot: dots.of(writes) })
    const [winner, ...others] = this.#values(field)
    return winner && contestedView(winner, others)
  }

  #values(field: string): readonly ConflictingValue[] {
    return distinctValues(rankWrites(this.#writes(field), this.#compare), (entry) => written(entry, field))
  }

  /** The best edit before the best deletion, whatever their times: any edit keeps the record alive. */
  #lifeValues(): readonly ConflictingValue[] {
    return distinctValues(rankWrites(this.#life, this.#compare), isEdit).toSorted(
      (a, b) => Number(b.value) - Number(a.value),
    )
  }
}

const isEdit = (entry: Entry): boolean => entry.action !== 'delete'

const written = (entry: Entry, field: string): Json => getOwn(entry.data, field) ?? null

const fieldsOf = (entry: Entry | undefined): Map<string, MaximalWrites> =>
  new Map(entry && Object.keys(entry.data).map((field) => [field, entry]))

/** One frozen dot for the fields of an entry that follow each other, as they mostly do. */
class DotMemo {
  #entry: Entry | undefined
  #dot: Dot | undefined

  of(entry: Entry): Dot {
    if (this.#entry !== entry || !this.#dot) this.#dot = Object.freeze(dotOf(entry))
    this.#entry = entry
    return this.#dot
  }
}

const contestedView = (winner: ConflictingValue, others: readonly ConflictingValue[]): FieldView =>
  Object.freeze({
    value: winner.value,
    dot: winner.dot,
    ...(others.length > 0 && { conflict: Object.freeze(others) }),
  })
