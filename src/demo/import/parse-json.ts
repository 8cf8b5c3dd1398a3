import type { Json } from '#model/entry'
import { type BadRow, type Row, type Table, UnreadableFile } from './table.ts'

/** Reads a JSON list of objects, or an object that holds exactly one such list. */
export const parseJson = (text: string): Table => {
  const items = listIn(read(text))
  const columns = new Set<string>()
  const rows: Row[] = []
  const bad: BadRow[] = []
  for (const [index, item] of items.entries()) {
    const row = index + 1
    if (!isObject(item)) {
      bad.push({ row, reason: 'not an object with fields' })
      continue
    }
    const cells = new Map(Object.entries(item).filter(([, value]) => value !== null))
    for (const name of cells.keys()) columns.add(name)
    rows.push({ row, cells })
  }
  return { columns: [...columns], rows, bad }
}

type JsonObject = { readonly [key: string]: Json }
const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !isList(value)

const read = (text: string): Json => {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new UnreadableFile(`This is not JSON: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

const listIn = (value: Json): readonly Json[] => {
  if (isList(value)) return value
  const lists = isObject(value) ? Object.values(value).filter(isList) : []
  const [only] = lists
  if (only && lists.length === 1) return only
  throw new UnreadableFile('Give a list of objects, such as [{"id": "m-1", "value": 812}].')
}
