import type { RecordView } from './view.ts'
import { compareText } from './write-order.ts'

/** A record as the list of its type needs it. */
export interface Viewed {
  readonly id: string
  /** The same object until the record changes. */
  view(): RecordView
}

/** From this share of changed records on, asking each for its view costs less than finding the changed ones. */
const FEW = 1 / 16

/**
 * The views of all records of one type by id, as an array that stays the same until something changes. One change
 * costs a search and a copy of references, not a sort and not a question to every record.
 */
export class SortedViews {
  /** By id. Those added since the last look lie apart. */
  #records: readonly Viewed[] = []
  #added: Viewed[] = []
  readonly #touched = new Set<Viewed>()
  #views: readonly RecordView[] = []

  add(record: Viewed): void {
    this.#added.push(record)
  }

  /** A record that was added has changed. */
  touch(record: Viewed): void {
    // Before the first look there is nothing to bring up to date.
    if (this.#records.length > 0) this.#touched.add(record)
  }

  all(): readonly RecordView[] {
    if (this.#touched.size > 0) this.#refresh()
    if (this.#added.length > 0) this.#insert()
    return this.#views
  }

  #refresh(): void {
    if (this.#touched.size > this.#records.length * FEW) this.#views = this.#records.map((record) => record.view())
    else this.#views = this.#replaced()
    this.#touched.clear()
  }

  #replaced(): readonly RecordView[] {
    const views = [...this.#views]
    for (const record of this.#touched) {
      const at = placeOf(record.id, this.#records)
      if (this.#records[at] === record) views[at] = record.view()
    }
    return views
  }

  #insert(): void {
    const added = this.#added.sort((a, b) => compareText(a.id, b.id))
    const places = added.map(({ id }) => placeOf(id, this.#records))
    this.#views = inserted(
      this.#views,
      added.map((record) => record.view()),
      places,
    )
    this.#records = inserted(this.#records, added, places)
    this.#added = []
  }
}

/** Index of the first record whose id is not less. */
const placeOf = (id: string, records: readonly Viewed[]): number => {
  let [from, to] = [0, records.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((records[middle]?.id ?? '') < id) from = middle + 1
    else to = middle
  }
  return from
}

/** A copy of the list with each item before the place given for it; places ascend. */
const inserted = <T>(list: readonly T[], items: readonly T[], places: readonly number[]): readonly T[] => {
  const whole: T[] = []
  let from = 0
  items.forEach((item, i) => {
    for (const to = places[i] ?? from; from < to; from++) whole.push(list[from] as T)
    whole.push(item)
  })
  for (; from < list.length; from++) whole.push(list[from] as T)
  return whole
}
