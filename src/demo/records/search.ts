import type { RecordView } from '#model/view'
import { summarize } from './summary.ts'
import { fieldOf, showValue } from './values.ts'

const texts = new WeakMap<RecordView, string>()

/** Case and accents do not matter to someone who types on a ladder. */
const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const textOf = (record: RecordView): string => {
  const known = texts.get(record)
  if (known !== undefined) return known
  const text = fold([record.id, ...Object.values(record.value).map(showValue)].join('\n'))
  texts.set(record, text)
  return text
}

/** 0: the id or the title itself; 1: how one of them begins; 2: a hit anywhere. */
const rankOf = (record: RecordView, wanted: string): number => {
  const names = [fold(record.id), fold(summarize(record).title)]
  if (names.includes(wanted)) return 0
  return names.some((name) => name.startsWith(wanted)) ? 1 : 2
}

/**
 * The living records in which every word of the query occurs, in any field or the id: first those whose id or title
 * it is, then those whose id or title begin with it, each in the order given.
 */
export const searchRecords = (records: readonly RecordView[], query: string): readonly RecordView[] => {
  const words = fold(query).split(/\s+/).filter(Boolean)
  const hits = records.filter((record) => record.alive && words.every((word) => textOf(record).includes(word)))
  if (words.length === 0) return hits
  const wanted = fold(query).trim()
  const ranked: [RecordView[], RecordView[], RecordView[]] = [[], [], []]
  for (const hit of hits) ranked[rankOf(hit, wanted)]?.push(hit)
  return ranked.flat()
}

const sortKeys = new WeakMap<RecordView, string>()
const DIGITS = 15
const NO_DATE = '~'

/** Sorts the latest date first, and what has no date last. */
const dateKeyOf = (record: RecordView): string => {
  const date = fieldOf(record, 'readOn') ?? fieldOf(record, 'date')
  const isDate = typeof date === 'string' && /^\d{4}-\d\d-\d\d/.test(date)
  return isDate ? date.replace(/\d/g, (digit) => String(9 - Number(digit))) : NO_DATE
}

/** Made once per record: comparing by locale would take a quarter of a second for 10,000 records, at every change. */
const sortKeyOf = (record: RecordView): string => {
  const known = sortKeys.get(record)
  if (known !== undefined) return known
  const title = fold(summarize(record).title).replace(/\d+/g, (digits) => digits.padStart(DIGITS, '0'))
  const key = `${title}\0${dateKeyOf(record)}\0${record.id}`
  sortKeys.set(record, key)
  return key
}

/** By title as a person reads it (meter 9 before meter 10), of one meter the latest reading first, then by id. */
export const sortRecords = (records: readonly RecordView[]): readonly RecordView[] =>
  records
    .map((record) => ({ record, key: sortKeyOf(record) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ record }) => record)
