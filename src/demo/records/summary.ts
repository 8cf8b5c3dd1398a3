import type { Json } from '#model/entry'
import type { RecordView } from '#model/view'
import { kindOf } from './kinds.ts'
import { fieldOf, showValue } from './values.ts'

/** A record in a list. */
export interface Summary {
  readonly title: string
  readonly detail: string
  /** What stands at the end of the row: the reading with its unit, or the status. */
  readonly figure: string
}

const TITLES = ['meter', 'title', 'name', 'label']
const IN_FIGURE = ['value', 'unit', 'status']
const summaries = new WeakMap<RecordView, Summary>()

/** Title, details and figure of any record; the same object for the same record. */
export const summarize = (record: RecordView): Summary => {
  const known = summaries.get(record)
  if (known) return known
  const made = makeSummary(record)
  summaries.set(record, made)
  return made
}

const makeSummary = (record: RecordView): Summary => {
  const { id } = record
  const get = (name: string): string => showValue(fieldOf(record, name))
  const titled = TITLES.find((name) => get(name) !== '')
  const detail = inOrder(record)
    .filter(([name, it]) => name !== titled && !IN_FIGURE.includes(name) && isShown(it) && showValue(it) !== id)
    .map(([, it]) => showValue(it))
  const reading = [get('value'), get('unit')].filter(Boolean).join(' ')
  return {
    title: titled ? get(titled) : id,
    detail: detail.join(' · '),
    figure: get('value') === '' ? get('status') : reading,
  }
}

/** In the order of the form; the fields that its kind does not have follow in theirs. */
const inOrder = ({ resourceType, value }: RecordView): readonly (readonly [string, Json])[] => {
  const names = kindOf(resourceType).fields.map(({ name }) => name)
  const place = (name: string) => (names.includes(name) ? names.indexOf(name) : names.length)
  return Object.entries(value).toSorted(([a], [b]) => place(a) - place(b))
}

const isShown = (value: Json): boolean => value !== '' && value !== null && typeof value !== 'object'
