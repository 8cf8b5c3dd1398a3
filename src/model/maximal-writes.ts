import type { Entry } from './entry.ts'
import { precedes } from './write-order.ts'

/** The maximal writes of a field: mostly one. Of several, at most one by each author, as an author sees its own. */
export type MaximalWrites = Entry | Map<string, Entry>

/**
 * The maximal writes once an entry has written the field too; changes what it is given. The gate lets an entry in only
 * after everything it had seen, so none that is there comes after it, and what is dropped stays beaten.
 * Costs by the entry's clock or by the writes there are, whichever is shorter.
 */
export const addWrite = (writes: MaximalWrites | undefined, entry: Entry): MaximalWrites => {
  if (!(writes instanceof Map)) {
    if (!writes || precedes(writes, entry)) return entry
    return new Map([writes, entry].map((write) => [write.peerId, write]))
  }
  const seen = Object.keys(entry.vectorClock)
  for (const peerId of seen.length < writes.size ? seen : [...writes.keys()]) {
    const write = writes.get(peerId)
    if (write && precedes(write, entry)) writes.delete(peerId)
  }
  writes.set(entry.peerId, entry)
  return writes.size === 1 ? entry : writes
}

/** Best first. */
export const rankWrites = (
  writes: MaximalWrites | undefined,
  compare: (a: Entry, b: Entry) => number,
): readonly Entry[] => {
  if (!(writes instanceof Map)) return writes ? [writes] : []
  return [...writes.values()].toSorted((a, b) => compare(b, a))
}
