import type { Entry } from '#model/entry'
import { decodeBatch, encodeBatch, encodeEntry } from '#wire/entry-codec'

const entryOf = (seq: number, text: string): Entry => ({
  id: `r-${seq}`,
  resourceType: 'reading',
  action: 'create',
  data: { n: seq, ...(text !== '' && { text }) },
  timestamp: 1_700_000_000_000 + seq,
  peerId: 'a',
  vectorClock: { a: seq },
})

/** A batch of the one entry of this number, longer by `extra` characters. */
export const batch = (seq: number, extra = 0): Uint8Array => encodeBatch([encodeEntry(entryOf(seq, 'x'.repeat(extra)))])

/** Numbers of the entries in segments, in order; `damaged` for a segment that is no batch. */
export const numbersIn = (segments: readonly Uint8Array[]): (number | 'damaged')[] =>
  segments.flatMap((bytes): (number | 'damaged')[] => {
    const decoded = decodeBatch(bytes)
    return decoded.ok ? decoded.items.map(({ entry }) => entry.vectorClock['a'] ?? 0) : ['damaged']
  })

export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

/** `from` to `to`, both counted. */
export const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
