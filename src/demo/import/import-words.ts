import { count } from '../words.ts'
import type { ImportResult } from './run-import.ts'
import type { ImportPlan, RowInput } from './to-inputs.ts'

/** How many rows become new records, and how many change records that exist. */
export interface Split {
  readonly created: number
  readonly changed: number
}

/** Splits rows into new records and changes. */
export const splitRows = (rows: readonly RowInput[]): Split => {
  const created = rows.filter(({ input }) => input.action === 'create').length
  return { created, changed: rows.length - created }
}

/** Splits what was written: rows that were refused or not tried are left out. */
export const splitResult = ({ inputs }: ImportPlan, { bad, left }: ImportResult): Split => {
  const refused = new Set(bad.map(({ row }) => row))
  return splitRows(inputs.slice(0, inputs.length - left).filter(({ row }) => !refused.has(row)))
}

/** What an import will do, such as “3 new, 1 changes a record that exists”. */
export const planWords = (plan: ImportPlan): string => {
  const { created, changed } = splitRows(plan.inputs)
  const parts = [
    `${created.toLocaleString('en')} new`,
    changed > 0 &&
      (changed === 1 ? '1 changes a record that exists' : `${changed.toLocaleString('en')} change records that exist`),
    plan.unchanged > 0 && `${plan.unchanged.toLocaleString('en')} unchanged`,
    plan.bad.length > 0 && count(plan.bad.length, 'bad row'),
  ]
  return parts.filter((part) => typeof part === 'string').join(', ')
}
