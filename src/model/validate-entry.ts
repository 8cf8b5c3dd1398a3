import { numberBytes, quotedBytes } from './canonical.ts'
import { ByteBudget, copyObject } from './copy-json.ts'
import type { Entry, EntryAction, EntryInput, Json } from './entry.ts'
import { type FaultCode, FieldmeshError, toFieldmeshError } from './fault.ts'
import { LIMITS } from './limits.ts'
import { isPlainObject, setOwn } from './plain-object.ts'

/**
 * Checks anything that claims to be an entry: its exact shape and every limit. Never throws.
 * The clock time is not judged: devices that refused by time would diverge.
 *
 * @returns a frozen copy (-0 becomes 0, a counter of 0 is left out), or why it is refused: `entry-malformed`, `entry-too-large`, `entry-too-deep`, `entry-bad-clock`
 */
export const checkEntry = (value: unknown): Entry | FaultCode => {
  try {
    return examineEntry(value)
  } catch (error) {
    return toFieldmeshError(error, 'entry-malformed').code
  }
}

/** Like `checkEntry`. @throws FieldmeshError with the codes of `checkEntry`, saying which field */
export const examineEntry = (value: unknown): Entry =>
  guarded(() => {
    const body = shaped(value, ENTRY_KEYS, REQUIRED_KEYS)
    const budget = new ByteBudget()
    const write = readWrite(body, budget)
    const peerId = readName(body.peerId, 'peerId', budget)
    const timestamp = readInteger(body.timestamp, 'timestamp', Number.MIN_SAFE_INTEGER, budget)
    const vectorClock = readClock(body.vectorClock, peerId, budget)
    const counter = body.counter === undefined ? 0 : readCounter(body.counter, budget)
    budget.spend(counter === 0 ? SKELETON_BYTES : SKELETON_BYTES + COUNTER_BYTES)
    return Object.freeze({ ...write, timestamp, peerId, vectorClock, ...(counter > 0 && { counter }) })
  })

/**
 * Checks what a caller wants to write.
 * @returns a frozen copy
 * @throws FieldmeshError `entry-malformed`, `entry-too-large` or `entry-too-deep`, saying which field
 */
export const checkInput = (value: unknown): EntryInput =>
  guarded(() => Object.freeze(readWrite(shaped(value, INPUT_KEYS, INPUT_KEYS), new ByteBudget())))

const INPUT_KEYS: ReadonlySet<string> = new Set(['id', 'resourceType', 'action', 'data'])
const REQUIRED_KEYS: ReadonlySet<string> = new Set([...INPUT_KEYS, 'timestamp', 'peerId', 'vectorClock'])
const ENTRY_KEYS: ReadonlySet<string> = new Set([...REQUIRED_KEYS, 'counter'])

/** Canonical text around the values. */
const SKELETON_BYTES = '{"action":,"data":,"id":,"peerId":,"resourceType":,"timestamp":,"vectorClock":}'.length
const COUNTER_BYTES = ',"counter":'.length

/** A getter or a proxy of the value may throw anything. */
const guarded = <T>(read: () => T): T => {
  try {
    return read()
  } catch (error) {
    throw toFieldmeshError(error, 'entry-malformed')
  }
}

const malformed = (detail: string): FieldmeshError => new FieldmeshError('entry-malformed', detail)

const shaped = (value: unknown, allowed: ReadonlySet<string>, required: ReadonlySet<string>): Body => {
  if (!isPlainObject(value)) throw malformed('It is not a plain object.')
  const keys = Reflect.ownKeys(value)
  const extra = keys.find((key) => typeof key === 'symbol' || !allowed.has(key))
  if (extra !== undefined) throw malformed(`It has an unknown field ${String(extra).slice(0, 64)}.`)
  for (const key of required) if (!Object.hasOwn(value, key)) throw malformed(`It has no ${key}.`)
  return value
}

type Body = Readonly<Partial<Record<keyof Entry, unknown>>>

const readWrite = (body: Body, budget: ByteBudget): EntryInput => {
  const id = readName(body.id, 'id', budget)
  const resourceType = readName(body.resourceType, 'resourceType', budget)
  const action = readAction(body.action, budget)
  const data = readData(body.data, budget)
  if (action === 'delete' && Object.keys(data).length > 0) throw malformed('The data of a delete is {}.')
  return { id, resourceType, action, data }
}

const readName = (value: unknown, name: string, budget: ByteBudget): string => {
  if (typeof value !== 'string' || value.length === 0 || value.length > LIMITS.idLength) {
    throw malformed(`Its ${name} is not a string of 1 to ${LIMITS.idLength} characters.`)
  }
  budget.spend(quotedBytes(value))
  return value
}

const readAction = (value: unknown, budget: ByteBudget): EntryAction => {
  if (value !== 'create' && value !== 'update' && value !== 'delete') {
    throw malformed('Its action is not create, update or delete.')
  }
  budget.spend(quotedBytes(value))
  return value
}

const readData = (value: unknown, budget: ByteBudget): Readonly<Record<string, Json>> => {
  if (!isPlainObject(value)) throw malformed('Its data is not a plain object.')
  const data = copyObject(value, budget)
  for (const field of Object.keys(data)) {
    if (field.length > LIMITS.idLength) throw malformed(`A field name is longer than ${LIMITS.idLength} characters.`)
    if (field === '$alive') throw malformed('The field name $alive stands for the record’s life itself.')
  }
  return data
}

const readInteger = (value: unknown, name: string, least: number, budget: ByteBudget): number => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw malformed(`Its ${name} is not a whole number in range.`)
  }
  budget.spend(numberBytes(value))
  return value + 0 // -0 would come back from JSON as 0
}

const readCounter = (value: unknown, budget: ByteBudget): number => {
  const counter = readInteger(value, 'counter', 0, budget)
  if (counter === 0) budget.spend(-1) // absent in the canonical body
  return counter
}

const badClock = (detail: string): FieldmeshError => new FieldmeshError('entry-bad-clock', detail)

const readClock = (value: unknown, peerId: string, budget: ByteBudget): Readonly<Record<string, number>> => {
  if (!isPlainObject(value)) throw badClock('It is not a plain object.')
  const authors = Object.keys(value)
  if (authors.length > LIMITS.clockAuthors) throw badClock(`It names more than ${LIMITS.clockAuthors} authors.`)
  if (!Object.hasOwn(value, peerId)) throw badClock('It does not name its own author.')
  const clock: Record<string, number> = {}
  budget.spend(authors.length + 1)
  for (const author of authors) {
    const seq = value[author]
    if (author.length === 0 || author.length > LIMITS.idLength || !isSeq(seq))
      throw badClock('An author or seq is out of range.')
    budget.spend(quotedBytes(author) + 1 + numberBytes(seq))
    setOwn(clock, author, seq)
  }
  return Object.freeze(clock)
}

const isSeq = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
