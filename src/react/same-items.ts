/** True for two lists of flat objects with equal values in equal places. */
export const sameItems = <T extends object>(a: readonly T[], b: readonly T[]): boolean =>
  a === b || (a.length === b.length && a.every((item, index) => sameFields(item, b[index])))

/** True for two flat objects with the same keys and values. */
export const sameFields = <T extends object>(a: T, b: T | undefined): boolean => {
  if (a === b) return true
  if (!b) return false
  const values = new Map<string, unknown>(Object.entries(b))
  const entries = Object.entries(a)
  return (
    entries.length === values.size &&
    entries.every(([key, value]) => values.has(key) && Object.is(values.get(key), value))
  )
}
