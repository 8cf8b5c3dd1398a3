import { canonical } from './canonical.ts'
import type { Entry, Json } from './entry.ts'
import type { FaultCode } from './fault.ts'
import { LIMITS } from './limits.ts'
import { isPlainObject } from './plain-object.ts'

/**
 * Reads an entry from its canonical body (see `canonical`): exactly the one text of a valid entry is taken, with no
 * spare key, space or digit, so that its hash has one meaning. Never throws. The caller bounds the size of the body.
 *
 * `JSON.parse` has made every object of it and nobody else holds one: they are frozen where they are, not copied.
 *
 * @returns a frozen entry, or why it is refused: `entry-malformed`, `entry-too-deep`, `entry-bad-clock`
 */
export const parseEntry = (body: string): Entry | FaultCode => {
  const entry = parsed(body)
  if (!isShaped(entry)) return 'entry-malformed'
  const order = new KeyOrder()
  const fault = sealClock(entry, order) ?? sealData(entry, order)
  if (fault) return fault
  // Keys that look like whole numbers come first in an object, whatever the text: those are put in order again.
  const text = order.isSorted ? JSON.stringify(entry) : canonical(entry)
  return text === body ? Object.freeze(entry) : 'entry-malformed'
}

/** An entry as `JSON.parse` made it, still ours to change. */
type Draft = { -readonly [K in keyof Entry]: Entry[K] }

/** In their canonical order: a body with others is not canonical. */
const KEYS = ['action', 'data', 'id', 'peerId', 'resourceType', 'timestamp', 'vectorClock']
const KEYS_WITH_COUNTER = ['action', 'counter', ...KEYS.slice(1)]
const ACTIONS: ReadonlySet<unknown> = new Set(['create', 'update', 'delete'])

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Everything about an entry but what lies in its data and clock. */
const isShaped = (value: unknown): value is Draft => {
  if (!isPlainObject(value)) return false
  const keys = Object.keys(value)
  const expected = keys.length === KEYS.length ? KEYS : KEYS_WITH_COUNTER
  if (keys.length !== expected.length || expected.some((key, i) => key !== keys[i])) return false
  const { action, counter, data, id, peerId, resourceType, timestamp, vectorClock } = value
  return (
    ACTIONS.has(action) &&
    isName(id) &&
    isName(peerId) &&
    isName(resourceType) &&
    Number.isSafeInteger(timestamp) &&
    (counter === undefined || isCount(counter)) &&
    isPlainObject(data) &&
    isPlainObject(vectorClock)
  )
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= LIMITS.idLength

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1

/** Whether the keys of all objects seen are in canonical order. */
class KeyOrder {
  isSorted = true

  add(keys: readonly string[]): void {
    for (let i = 1; i < keys.length; i++) {
      if ((keys[i - 1] as string) >= (keys[i] as string)) this.isSorted = false
    }
  }
}

const sealClock = (entry: Draft, order: KeyOrder): FaultCode | undefined => {
  const { vectorClock } = entry
  const authors = Object.keys(vectorClock)
  if (authors.length > LIMITS.clockAuthors) return 'entry-bad-clock'
  let own: string | undefined
  for (const author of authors) {
    if (!isName(author) || !isCount(vectorClock[author])) return 'entry-bad-clock'
    if (author === entry.peerId) own = author
  }
  if (own === undefined) return 'entry-bad-clock'
  // Keys are shared by all objects, values are not: one text for an author in place of one for each of its entries.
  entry.peerId = own
  order.add(authors)
  Object.freeze(vectorClock)
  return undefined
}

const sealData = ({ action, data }: Draft, order: KeyOrder): FaultCode | undefined => {
  const fields = Object.keys(data)
  if (action === 'delete' && fields.length > 0) return 'entry-malformed'
  for (const field of fields) if (field.length > LIMITS.idLength || field === '$alive') return 'entry-malformed'
  return seal(data, 1, order) ? undefined : 'entry-too-deep'
}

/** Freezes all of it; false beyond the depth limit. What is no JSON, such as 1e999, is not written as it was read. */
const seal = (value: Json, depth: number, order: KeyOrder): boolean => {
  if (typeof value !== 'object' || value === null) return true
  if (depth > LIMITS.entryDepth) return false
  Object.freeze(value)
  if (isArray(value)) return value.every((item) => seal(item, depth + 1, order))
  const keys = Object.keys(value)
  order.add(keys)
  for (const key of keys) if (!seal(value[key] as Json, depth + 1, order)) return false
  return true
}

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value)
