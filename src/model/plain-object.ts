/**
 * Objects as maps, safe with every key: `__proto__` and `constructor` are keys like others, never a prototype.
 */

/** True for an object as JSON makes it: no class instance, no array. Objects of another window or realm count too. */
export const isPlainObject = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** The object's own value under a key; undefined where it has none, whatever it inherits. */
export const getOwn = <T>(object: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined

/** Sets an own value, also under the key `__proto__`. */
export const setOwn = <T>(object: Record<string, T>, key: string, value: T): void => {
  if (key !== '__proto__') object[key] = value
  else Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
}
