import { parseCsv } from './parse-csv.ts'
import { parseJson } from './parse-json.ts'
import { type Table, UnreadableFile } from './table.ts'

/** Larger files would stall a phone while they are parsed. */
const MOST_BYTES = 50 * 1024 * 1024

/** Reads a CSV, TSV or JSON file. @throws UnreadableFile */
export const readFile = async (file: File): Promise<Table> => {
  if (file.size > MOST_BYTES) throw new UnreadableFile('The file is larger than 50 MB. Split it and import the parts.')
  const text = decode(await file.arrayBuffer())
  if (!isText(text)) throw new UnreadableFile('This is not a text file.')
  return isJson(file.name, text) ? parseJson(text) : parseCsv(text)
}

const isJson = (name: string, text: string): boolean => /\.json$/i.test(name) || /^\s*[[{]/.test(text)

const SPACE = 0x20
const DELETE = 0x7f
/** Tab, line feed, form feed, carriage return. */
const LAYOUT = new Set([0x09, 0x0a, 0x0c, 0x0d])

/** A picture, an archive or a spreadsheet's own format soon shows a control character that no text has. */
const isText = (text: string): boolean => {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if ((unit < SPACE && !LAYOUT.has(unit)) || unit === DELETE) return false
  }
  return true
}

/** UTF-8, or else what spreadsheets on Windows write: UTF-16 that says so, or Windows-1252. */
export const decode = (bytes: ArrayBuffer): string => {
  const [first, second] = new Uint8Array(bytes)
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
