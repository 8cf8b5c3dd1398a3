import type { Json } from '#model/entry'
import type { RecordView } from '#model/view'
import type { FieldSpec, Kind } from './kinds.ts'

/** A field's value; inherited names such as `constructor` are no fields. */
export const fieldOf = (record: RecordView | undefined, name: string): Json | undefined =>
  record && Object.hasOwn(record.value, name) ? record.value[name] : undefined

/** A value as one line of text. */
export const showValue = (value: Json | undefined): string => {
  if (value === undefined || value === null) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A value as the text of its input; the inverse of `parseInput`. */
export const toInput = (value: Json | undefined, { input }: FieldSpec): string => {
  if (value === undefined || value === null) return ''
  if (input === 'json') return JSON.stringify(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** What was typed in as a value; an empty input clears the field (null). */
export const parseInput = (text: string, spec: FieldSpec): { value: Json } | { problem: string } => {
  const trimmed = text.trim()
  if (trimmed === '') return spec.required ? { problem: `${spec.label} is needed.` } : { value: null }
  if (spec.input === 'number') return parseNumber(trimmed)
  if (spec.input === 'yesNo') return { value: trimmed === 'true' }
  if (spec.input === 'json') return parseJsonInput(trimmed)
  return { value: trimmed }
}

const NUMBER = /^[-+]?\d+(?:[.,]\d+)?$/
/** Read as thousands by some people and as decimals by others. */
const AMBIGUOUS = /^([-+]?[1-9]\d{0,2})[.,](\d{3})$/

/** A number as a person writes it; spaces, thin ones too, may part its digits. */
const parseNumber = (text: string): { value: Json } | { problem: string } => {
  const dense = text.replace(/\s/g, '')
  const [, whole, thousandth] = AMBIGUOUS.exec(dense) ?? []
  if (whole && thousandth) {
    const decimal = `${whole}.${thousandth}`
    const asked = `Is this ${whole}${thousandth} or ${decimal}? Write it without separators.`
    return { problem: `${asked} The decimal number can be written ${decimal}0.` }
  }
  const value = NUMBER.test(dense) ? Number(dense.replace(',', '.')) : Number.NaN
  return Number.isFinite(value) ? { value } : { problem: 'Give a number, such as 812.5.' }
}

const parseJsonInput = (text: string): { value: Json } | { problem: string } => {
  try {
    return { value: JSON.parse(text) as Json }
  } catch {
    return { problem: 'This is not valid JSON.' }
  }
}

const LONG_TEXT = 80

/** How a field that no kind describes is typed in: as what it holds. */
export const specOf = (name: string, value: Json | undefined): FieldSpec => {
  const text = (long: boolean): FieldSpec => ({ name, label: name, input: long ? 'longText' : 'text' })
  if (typeof value === 'number') return { name, label: name, input: 'number' }
  if (typeof value === 'boolean') return { name, label: name, input: 'yesNo' }
  if (typeof value === 'object' && value !== null) return { name, label: name, input: 'json' }
  return text(typeof value === 'string' && (value.length > LONG_TEXT || value.includes('\n')))
}

/**
 * The fields of a form: those of the kind, then what else the record holds. A record that has nothing of the kind,
 * such as an imported one, shows its own fields only. A new record of a kind without fields has those of the others.
 */
export const formFields = (
  kind: Kind,
  record: RecordView | undefined,
  others: readonly RecordView[] = [],
): readonly FieldSpec[] => {
  if (!record && kind.fields.length === 0) return fieldsOfOthers(others)
  const own = record ? Object.keys(record.fields) : []
  const familiar = !record || own.length === 0 || kind.fields.some(({ name }) => own.includes(name))
  const known = familiar ? kind.fields : []
  const rest = own.filter((name) => !known.some((field) => field.name === name))
  return [...known.map((spec) => fitting(spec, record)), ...rest.map((name) => specOf(name, fieldOf(record, name)))]
}

/** Enough to meet every field that is filled now and then. */
const MOST_LOOKED_AT = 500

const fieldsOfOthers = (others: readonly RecordView[]): readonly FieldSpec[] => {
  const specs = new Map<string, FieldSpec>()
  for (const other of others.filter(({ alive }) => alive).slice(0, MOST_LOOKED_AT)) {
    for (const [name, value] of Object.entries(other.value)) {
      if (!specs.has(name) && value !== null) specs.set(name, specOf(name, value))
    }
  }
  return [...specs.values()]
}

/** A field of the kind that holds something else, as after an import, is typed in as what it holds. */
const fitting = (spec: FieldSpec, record: RecordView | undefined): FieldSpec => {
  const value = fieldOf(record, spec.name)
  if (value === undefined || value === null) return spec
  const isText = typeof value === 'string'
  const fits = spec.input === 'number' ? typeof value === 'number' : isText
  return fits ? spec : { ...specOf(spec.name, value), label: spec.label }
}
