import { canonicalJson } from './canonical.ts'
import type { Entry, Json } from './entry.ts'
import type { ConflictingValue } from './view.ts'
import { seqOf } from './entry-dot.ts'

/** The different values of writes, best first; of equal values the best write speaks. */
export const distinctValues = (writes: readonly Entry[], read: (entry: Entry) => Json): readonly ConflictingValue[] => {
  if (writes.length === 1) return writes.map((entry) => written(entry, read(entry)))
  const distinct = new Map<string, ConflictingValue>()
  for (const entry of writes) {
    const value = read(entry)
    const text = canonicalJson(value)
    if (!distinct.has(text)) distinct.set(text, written(entry, value))
  }
  return [...distinct.values()]
}

const written = (entry: Entry, value: Json): ConflictingValue =>
  Object.freeze({
    value,
    dot: Object.freeze({ peerId: entry.peerId, seq: seqOf(entry) }),
    timestamp: entry.timestamp,
  })
