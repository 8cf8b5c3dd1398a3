/** Where a value is not JSON, as paths; empty for JSON. A property that is `undefined` counts as absent. */
export const notJson = (value: unknown, at = '$'): string[] => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return []
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${at} is ${value}`]
  if (Array.isArray(value)) return value.flatMap((item, i) => notJson(item, `${at}[${i}]`))
  if (typeof value !== 'object') return [`${at} is a ${typeof value}`]
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return [`${at} is a ${value.constructor.name}`]
  return Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : notJson(item, `${at}.${key}`)))
}
