import { numberBytes, quotedBytes } from './canonical.ts'
import type { Json } from './entry.ts'
import { FieldmeshError } from './fault.ts'
import { LIMITS } from './limits.ts'
import { isPlainObject, setOwn } from './plain-object.ts'

/** Counts the canonical bytes of one entry and stops at the limit, so that no input costs more than the limit. */
export class ByteBudget {
  #spent = 0

  /** @throws FieldmeshError `entry-too-large` */
  spend(bytes: number): void {
    this.#spent += bytes
    if (this.#spent > LIMITS.entryBytes) throw new FieldmeshError('entry-too-large')
  }
}

/**
 * A frozen copy of something that should be JSON: later changes to the original do not reach it.
 * Cycles end at the depth limit, values shared many times over at the byte limit.
 *
 * @throws FieldmeshError `entry-malformed`, `entry-too-deep` or `entry-too-large`
 */
export const copyJson = (value: unknown, budget: ByteBudget, depth = 1): Json => {
  switch (typeof value) {
    case 'string':
      budget.spend(quotedBytes(value))
      return value
    case 'number':
      return copyNumber(value, budget)
    case 'boolean':
      budget.spend(value ? 4 : 5)
      return value
    case 'object':
      if (value !== null) return copyContainer(value, budget, depth)
      budget.spend(4)
      return null
    default:
      throw new FieldmeshError('entry-malformed', `A value of type ${typeof value} is not JSON.`)
  }
}

/** Like `copyJson`, for an object. */
export const copyObject = (object: object, budget: ByteBudget, depth = 1): Readonly<Record<string, Json>> => {
  if (depth > LIMITS.entryDepth) throw new FieldmeshError('entry-too-deep')
  if (!isPlainObject(object)) throw new FieldmeshError('entry-malformed', 'An instance of a class is not JSON.')
  if (Object.getOwnPropertySymbols(object).length > 0) {
    throw new FieldmeshError('entry-malformed', 'A symbol is not a key in JSON.')
  }
  const keys = Object.keys(object)
  budget.spend(keys.length === 0 ? 2 : keys.length + 1)
  const copy: Record<string, Json> = {}
  for (const key of keys) {
    budget.spend(quotedBytes(key) + 1)
    setOwn(copy, key, copyJson(object[key], budget, depth + 1))
  }
  return Object.freeze(copy)
}

const copyNumber = (value: number, budget: ByteBudget): number => {
  if (!Number.isFinite(value)) throw new FieldmeshError('entry-malformed', `${value} is not a number in JSON.`)
  budget.spend(numberBytes(value))
  return value + 0 // -0 would come back from JSON as 0
}

const copyContainer = (value: object, budget: ByteBudget, depth: number): Json => {
  if (!Array.isArray(value)) return copyObject(value, budget, depth)
  if (depth > LIMITS.entryDepth) throw new FieldmeshError('entry-too-deep')
  budget.spend(Math.max(2, value.length + 1))
  return Object.freeze(Array.from(value, (item: unknown) => copyJson(item, budget, depth + 1)))
}
