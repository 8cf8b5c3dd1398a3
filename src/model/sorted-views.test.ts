import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SortedViews } from './sorted-views.ts'
import type { RecordView } from './view.ts'
import { compareText } from './write-order.ts'

let asked = 0

/** A record whose view is another object after each change. */
class FakeRecord {
  readonly id: string
  #view: RecordView

  constructor(id: string) {
    this.id = id
    this.#view = this.#made()
  }

  #made(): RecordView {
    return { resourceType: 'reading', id: this.id, alive: true, fields: {}, value: {} }
  }

  change(): void {
    this.#view = this.#made()
  }

  view(): RecordView {
    asked += 1
    return this.#view
  }
}

const listOf = (count: number): { views: SortedViews; records: FakeRecord[] } => {
  const views = new SortedViews()
  const records = Array.from({ length: count }, (_, i) => new FakeRecord(`r-${String(i).padStart(6, '0')}`))
  for (const record of records) views.add(record)
  views.all()
  return { views, records }
}

describe('the views of a type', () => {
  it('are those of all records by id, whatever was added and changed between two looks', () => {
    const step = fc.oneof(
      fc.record({ add: fc.string({ maxLength: 3 }) }),
      fc.record({ change: fc.nat(40) }),
      fc.constant({ look: true }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const views = new SortedViews()
        const records = new Map<string, FakeRecord>()
        const look = () =>
          expect(views.all()).toEqual(
            [...records.values()].toSorted((a, b) => compareText(a.id, b.id)).map((record) => record.view()),
          )
        for (const one of steps) {
          if ('look' in one) look()
          else if ('add' in one) {
            const record = records.get(one.add) ?? new FakeRecord(one.add)
            if (!records.has(one.add)) views.add(record)
            records.set(one.add, record)
          } else {
            const record = [...records.values()][one.change]
            record?.change()
            if (record) views.touch(record)
          }
        }
        look()
      }),
      { numRuns: 500 },
    )
  })

  it('are the same array until something changes, and another one then', () => {
    const { views, records } = listOf(100)
    const before = views.all()
    expect(views.all()).toBe(before)
    records[50]?.change()
    views.touch(records[50] as FakeRecord)
    const after = views.all()
    expect(after).not.toBe(before)
    expect(after.filter((view, i) => view !== before[i])).toEqual([records[50]?.view()])
    expect(views.all()).toBe(after)
  })

  it('cost one question for one change or one newcomer, however many records there are', () => {
    const { views, records } = listOf(50_000)
    asked = 0
    for (const record of records.slice(700, 710)) {
      record.change()
      views.touch(record)
      views.all()
    }
    views.add(new FakeRecord('r-000700-a'))
    expect(views.all()[701]?.id).toBe('r-000700-a')
    expect(asked).toBe(11)
  })
})
