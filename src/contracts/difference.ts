/** Longer than this, a value's text hides more than it shows. */
const SHOWN = 2_000
/** Lists of plain things longer than this are told by what is missing, not by showing both. */
const LIST_SHOWN = 12

const pairOf = ([key, value]: readonly [string, unknown]): string => `${JSON.stringify(key)}:${textOf(value)}`

/** Plain data and bytes as text; the same text for the same content. */
export const textOf = (value: unknown): string => {
  if (ArrayBuffer.isView(value))
    return `bytes [${[...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)].join(',')}]`
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(pairOf).join(',')}}`
}

const cut = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text)

const isFlat = (value: unknown): value is readonly (string | number)[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number')

/** `1–60, 63, damaged`: runs of numbers as such. */
const runsOf = (items: readonly (string | number)[]): string => {
  const runs: { readonly from: string | number; to: string | number }[] = []
  for (const item of items) {
    const last = runs.at(-1)
    if (last && typeof item === 'number' && last.to === item - 1) last.to = item
    else runs.push({ from: item, to: item })
  }
  return cut(runs.map(({ from, to }) => (from === to ? from : `${from}–${to}`)).join(', '))
}

/** What of the first is left once the second is taken from it, item by item. */
const less = <T>(items: readonly T[], taken: readonly T[]): readonly T[] => {
  const counts = new Map<T, number>()
  for (const item of taken) counts.set(item, (counts.get(item) ?? 0) + 1)
  return items.filter((item) => {
    const count = counts.get(item) ?? 0
    counts.set(item, count - 1)
    return count <= 0
  })
}

const listDifference = (actual: readonly (string | number)[], expected: readonly (string | number)[]): string => {
  const missing = less(expected, actual)
  const beyond = less(actual, expected)
  const parts = [
    missing.length > 0 && `${missing.length} of ${expected.length} missing: ${runsOf(missing)}`,
    beyond.length > 0 && `${beyond.length} that should not be there: ${runsOf(beyond)}`,
  ].filter((part) => part !== false)
  return parts.length > 0 ? parts.join('; ') : `in another order: ${runsOf(actual)}`
}

/** In what two values differ, in words. */
export const differenceOf = (actual: unknown, expected: unknown): string =>
  isFlat(actual) && isFlat(expected) && Math.max(actual.length, expected.length) > LIST_SHOWN
    ? listDifference(actual, expected)
    : `is ${cut(textOf(actual))}, should be ${cut(textOf(expected))}`
