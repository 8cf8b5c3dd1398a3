const isPlainObject = (value: object): boolean =>
  Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null

/** Where a value is not JSON, as paths; empty for JSON. A property that is `undefined` counts as absent. */
export const notJson = (value: unknown, at = '$'): string[] => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return []
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${at} is ${value}`]
  if (Array.isArray(value)) return value.flatMap((item, i) => notJson(item, `${at}[${i}]`))
  if (typeof value !== 'object' || !isPlainObject(value)) return [`${at} is ${kindOf(value)}`]
  return Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : notJson(item, `${at}.${key}`)))
}

const kindOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? `a ${value.constructor.name}` : typeof value
