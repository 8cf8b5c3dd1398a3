import type { Entry, Json } from './entry.ts'
import { FieldmeshError } from './fault.ts'
import { LIMITS } from './limits.ts'

/**
 * The one JSON text of a value: keys sorted by UTF-16 code units, no white space, numbers and strings as
 * `JSON.stringify` writes them, so that a lone surrogate survives as its escape (RFC 8785, with that one addition).
 *
 * @throws FieldmeshError `entry-too-deep` beyond `maxDepth` levels of objects and arrays
 */
export const canonicalJson = (value: Json, maxDepth: number = LIMITS.entryDepth): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (maxDepth === 0) throw new FieldmeshError('entry-too-deep')
  if (isArray(value)) return `[${value.map((item) => canonicalJson(item, maxDepth - 1)).join(',')}]`
  let text = ''
  for (const key of Object.keys(value).toSorted()) {
    text += `${text && ','}${JSON.stringify(key)}:${canonicalJson(value[key] ?? null, maxDepth - 1)}`
  }
  return `{${text}}`
}

/**
 * The canonical body of an entry: what is stored, sent, hashed and later signed. Its fields in the order
 * action, counter (absent when 0), data, id, peerId, resourceType, timestamp, vectorClock: sorted as everything in it.
 */
export const canonical = ({ action, counter, data, id, peerId, resourceType, timestamp, vectorClock }: Entry): string =>
  `{"action":${JSON.stringify(action)},${counter ? `"counter":${counter},` : ''}"data":${canonicalJson(data)}` +
  `,"id":${JSON.stringify(id)},"peerId":${JSON.stringify(peerId)},"resourceType":${JSON.stringify(resourceType)}` +
  `,"timestamp":${JSON.stringify(timestamp)},"vectorClock":${canonicalJson(vectorClock)}}`

/** Bytes of a text in UTF-8; a lone surrogate counts as the replacement character, as encoders write it. */
export const utf8Length = (text: string): number => {
  if (PRINTABLE_ASCII.test(text)) return text.length
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0
    if (code > 0xffff) i++
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4
  }
  return bytes
}

/** Bytes of a text as a JSON string in UTF-8, quotes and escapes included. */
export const quotedBytes = (text: string): number =>
  PLAIN.test(text) ? text.length + 2 : utf8Length(JSON.stringify(text))

/** Bytes of a finite number in canonical JSON. */
export const numberBytes = (value: number): number => String(value).length

const PRINTABLE_ASCII = /^[ -~]*$/
/** Printable ASCII without the quote and the backslash: nothing to escape. */
const PLAIN = /^[ !#-[\]-~]*$/

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value)
