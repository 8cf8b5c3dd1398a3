import { isPlainObject } from '#model/plain-object'

/** Charts nest deepest: as states do, twice for each. */
const DEEPEST = 64

/** True for plain JSON no deeper than 64 levels with no more values than given; never throws, cycles end it. */
export const isBoundedJson = (value: unknown, mostValues: number): boolean => {
  let left = mostValues
  const isJson = (part: unknown, depth: number): boolean => {
    left -= 1
    if (left < 0 || depth > DEEPEST) return false
    if (part === null || typeof part === 'string' || typeof part === 'boolean') return true
    if (typeof part === 'number') return Number.isFinite(part)
    if (Array.isArray(part)) return part.every((item) => isJson(item, depth + 1))
    return isPlainObject(part) && Object.values(part).every((item) => isJson(item, depth + 1))
  }
  try {
    return isJson(value, 0)
  } catch {
    return false
  }
}
