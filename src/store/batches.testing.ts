import type { Entry } from '#model/entry'
import { decodeBatch, encodeBatch, encodeEntry } from '#wire/entry-codec'

/** The n-th entry of an author who writes one record each. */
export const entryOf = (peerId: string, seq: number, data: Entry['data'] = { n: seq }): Entry => ({
  id: `${peerId}-${seq}`,
  resourceType: 'reading',
  action: 'create',
  data,
  timestamp: 1_700_000_000_000 + seq,
  peerId,
  vectorClock: { [peerId]: seq },
})

/** One batch of the given entries. */
export const batchOf = (...entries: Entry[]): Uint8Array => encodeBatch(entries.map(encodeEntry))

/** A batch of one entry of author `a`. */
export const single = (seq: number): Uint8Array => batchOf(entryOf('a', seq))

/** `author:seq` of all entries in segments, in order; `damaged` for a segment that is none. */
export const dotsIn = async (segments: AsyncIterable<Uint8Array>): Promise<string[]> => {
  const dots: string[] = []
  for await (const bytes of segments) {
    const batch = decodeBatch(bytes)
    if (!batch.ok) dots.push('damaged')
    else for (const { entry } of batch.items) dots.push(`${entry.peerId}:${entry.vectorClock[entry.peerId]}`)
  }
  return dots
}

/** Everything an async iterable yields. */
export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

/** `author:from` to `author:to`. */
export const dotRange = (peerId: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `${peerId}:${from + i}`)
