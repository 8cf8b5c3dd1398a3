import { isPlainObject, setOwn } from '#model/plain-object'
import type { Json } from '#model/entry'
import { FieldmeshError } from '#model/fault'
import { isContent, isFieldName, isShown } from './redaction-rules.ts'
import { bytesToken, charactersToken, fieldsToken, itemsToken, kindToken } from './size-tokens.ts'

/** What of an event or a context is kept. */
export type Redaction =
  /** Names, numbers and what classifies; of content its size. */
  | 'content'
  /**
   * **Everything as it is**: session descriptions, room secrets, what people wrote. For development with made-up data
   * alone; a recording made so must not leave the device.
   */
  | 'none'
  | {
      /** Keys whose strings are shown too, such as those of your own machines. */
      readonly show?: readonly string[]
      /** Further keys of which only the size is shown, whatever they hold. */
      readonly hide?: readonly string[]
    }

/** Turns anything into JSON that may rest in a recording. Never throws. */
export interface Redactor {
  (value: unknown): Json
  /** The fields of an event without its type; undefined where it has none. */
  readonly payload: (event: object) => Json | undefined
}

const DEEPEST = 6
/** Per object or list; the rest is counted. */
const WIDEST = 24
/** Values in all: a hostile event costs no more than these. */
const MOST_VALUES = 400
const LONGEST_SHOWN = 200
const LONGEST_BARE = 10_000
const UNREADABLE = kindToken('unreadable')

interface Rules {
  readonly shows: (text: string, key: string) => boolean
  readonly hides: (key: string) => boolean
  readonly names: (key: string) => boolean
}

const rulesOf = (redaction: Redaction): Rules => {
  if (redaction === 'none')
    return { shows: (text) => text.length <= LONGEST_BARE, hides: () => false, names: () => true }
  const [show, hide] = [new Set(redaction === 'content' ? [] : redaction.show), new Set<string>()]
  if (redaction !== 'content') for (const key of redaction.hide ?? []) hide.add(key)
  return {
    shows: (text, key) => isShown(text, key) || (show.has(key) && text.length <= LONGEST_SHOWN),
    hides: (key) => hide.has(key) || (isContent(key) && !show.has(key)),
    names: (key) => isFieldName(key) || show.has(key),
  }
}

/** @throws FieldmeshError `options-invalid` for what is no redaction */
const checkRedaction = (redaction: unknown): void => {
  const lists = isPlainObject(redaction) ? [redaction['show'] ?? [], redaction['hide'] ?? []] : undefined
  if (redaction === 'content' || redaction === 'none' || lists?.every(Array.isArray)) return
  throw new FieldmeshError('options-invalid', 'redact takes "content", "none", or { show, hide } with lists of keys.')
}

const errorOf = (error: Error): Json => {
  const { name, message } = error
  const code: unknown = 'code' in error ? error.code : undefined
  return {
    error: typeof name === 'string' && /^[A-Z][A-Za-z]{2,40}$/.test(name) ? name : kindToken('error'),
    ...(typeof code === 'string' && isShown(code, 'code') && { code }),
    message: charactersToken(String(message)),
  }
}

/** Things of classes: nothing of them is walked, for nobody knows what reading a field of theirs does. */
const instanceToken = (value: object): Json => {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return bytesToken(value.byteLength)
  if (value instanceof Error) return errorOf(value)
  if (value instanceof Map || value instanceof Set) return itemsToken(value.size)
  if ('sessionId' in value && typeof value.sessionId === 'string')
    return kindToken(`actor ${value.sessionId.slice(0, 20)}`)
  const kind = Object.prototype.toString.call(value).slice(8, -1)
  return kindToken(/^[A-Z][A-Za-z]{0,40}$/.test(kind) ? kind : 'object')
}

const sizeOf = (value: unknown): Json => {
  if (typeof value === 'string') return charactersToken(value)
  if (value === null || value === undefined) return null
  if (typeof value !== 'object') return kindToken(typeof value)
  if (Array.isArray(value)) return itemsToken(value.length)
  return isPlainObject(value) ? fieldsToken(Object.keys(value).length) : instanceToken(value)
}

class Walk {
  readonly #rules: Rules
  #left = MOST_VALUES

  constructor(rules: Rules) {
    this.#rules = rules
  }

  value(value: unknown, key: string, depth: number): Json {
    this.#left -= 1
    switch (typeof value) {
      case 'string':
        return this.#rules.shows(value, key) ? value : charactersToken(value)
      case 'number':
        // -0 would come back from JSON as 0
        return Number.isFinite(value) ? value + 0 : kindToken(String(value))
      case 'boolean':
        return value
      case 'object':
        return value === null ? null : this.#container(value, key, depth)
      default:
        return value === undefined ? null : kindToken(typeof value)
    }
  }

  #container(value: object, key: string, depth: number): Json {
    const isList = Array.isArray(value)
    if (!isList && !isPlainObject(value)) return instanceToken(value)
    if (depth >= DEEPEST || this.#left <= 0) return sizeOf(value)
    return isList ? this.#list(value, key, depth) : this.fields(value, depth)
  }

  #list(list: readonly unknown[], key: string, depth: number): Json {
    const items: Json[] = []
    for (let at = 0; at < list.length && at < WIDEST && this.#left > 0; at++)
      items.push(this.#item(list, at, key, depth))
    if (items.length < list.length) items.push(kindToken(`${list.length - items.length} more`))
    return items
  }

  fields(object: Readonly<Record<string, unknown>>, depth: number, except?: string): { readonly [key: string]: Json } {
    const fields: Record<string, Json> = {}
    let rest = 0
    let shown = 0
    for (const key of Object.keys(object)) {
      if (key === except) continue
      if (shown >= WIDEST || this.#left <= 0 || !this.#rules.names(key)) rest += 1
      else if (this.#field(fields, object, key, depth)) shown += 1
    }
    if (rest > 0) fields[kindToken('more')] = fieldsToken(rest)
    return fields
  }

  #field(fields: Record<string, Json>, object: Readonly<Record<string, unknown>>, key: string, depth: number): boolean {
    let value: unknown
    try {
      value = object[key]
      if (value === undefined) return false
      setOwn(fields, key, this.#rules.hides(key) ? sizeOf(value) : this.value(value, key, depth + 1))
    } catch {
      setOwn(fields, key, UNREADABLE)
    }
    return true
  }

  #item(list: readonly unknown[], at: number, key: string, depth: number): Json {
    try {
      return this.value(list[at], key, depth + 1)
    } catch {
      return UNREADABLE
    }
  }
}

/**
 * Makes a redactor. By default it shows what names or classifies (ids of devices and attempts, tickets, fault codes,
 * kinds, numbers, booleans, names of fields) and of everything else its size: what it does not know is content.
 *
 * @throws FieldmeshError `options-invalid` for what is no redaction
 * @example
 * const redact = createRedactor({ show: ['floor'] })
 * redact({ floor: 'attic', name: 'Anna', door: 3 }) // { floor: 'attic', name: '‹4 characters›', door: 3 }
 */
export const createRedactor = (redaction: Redaction = 'content'): Redactor => {
  checkRedaction(redaction)
  const rules = rulesOf(redaction)
  const redactor = (value: unknown): Json => {
    try {
      return new Walk(rules).value(value, '', 0)
    } catch {
      return UNREADABLE
    }
  }
  return Object.assign(redactor, {
    payload: (event: object): Json | undefined => {
      try {
        const fields = new Walk(rules).fields(event as Readonly<Record<string, unknown>>, 0, 'type')
        return Object.keys(fields).length === 0 ? undefined : fields
      } catch {
        return UNREADABLE
      }
    },
  })
}

/** Redacts one value. @see createRedactor */
export const redact = (value: unknown, redaction?: Redaction): Json => createRedactor(redaction)(value)
