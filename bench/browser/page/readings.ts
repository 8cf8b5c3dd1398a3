/** One meter reading, as a person with a tablet takes it. */
export type Reading = Record<string, string | number | boolean>

const READERS = ['Ana Souza', 'Ben Okafor', 'Chi Nguyen', 'Dee Larsson', 'Eva Novak']
const REMARKS = ['', '', '', 'lid jammed, read from the left only', 'dog in the yard', 'meter replaced, photo follows']

/** The same number for the same index, in every page and run. */
const mixed = (index: number): number => {
  let x = Math.imul(index + 1, 0x9e3779b1)
  x = Math.imul(x ^ (x >>> 15), 0x85ebca77)
  return (x ^ (x >>> 13)) >>> 0
}

export const idAt = (index: number): string => `reading-${String(index).padStart(6, '0')}`

export const readingAt = (index: number): Reading => {
  const noise = mixed(index)
  return {
    meter: `M-${10_000_000 + (noise % 89_999_999)}`,
    kwh: Math.round(noise / 64) / 100,
    readAt: 1_760_000_000_000 + index * 61_003 + (noise % 60_000),
    reader: READERS[index % READERS.length] ?? '',
    estimated: noise % 9 === 0,
    remark: REMARKS[noise % REMARKS.length] ?? '',
  }
}

/** The readings from one index up to another, in groups of a thousand, as an import writes them. */
export function* groups(count: number): Generator<readonly [id: string, reading: Reading][]> {
  for (let from = 0; from < count; from += 1_000) {
    const length = Math.min(1_000, count - from)
    yield Array.from({ length }, (_, at) => [idAt(from + at), readingAt(from + at)] as const)
  }
}
