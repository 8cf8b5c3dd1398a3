import type { Entry, EntryInput, Json } from './entry.ts'
import { createReplica, type ReplicaCore } from './replica.ts'

/** A replica whose wall clock is set by hand. */
export const replicaAt = (peerId: string, wall = 1_000): ReplicaCore => createReplica({ peerId, now: () => wall })

export const update = (data: Readonly<Record<string, Json>>, id = 'm-17'): EntryInput => ({
  id,
  resourceType: 'reading',
  action: 'update',
  data,
})

export const remove = (id = 'm-17'): EntryInput => ({ id, resourceType: 'reading', action: 'delete', data: {} })

/** An entry made by hand, as a device might send it. */
export const entryOf = (peerId: string, seq: number, more: Partial<Entry> = {}): Entry => ({
  id: 'm-17',
  resourceType: 'reading',
  action: 'update',
  data: { kwh: seq },
  timestamp: 1_000 + seq,
  peerId,
  ...more,
  vectorClock: { ...more.vectorClock, [peerId]: seq },
})

/** The first entries of one author, each in its own record. */
export const logOf = (peerId: string, count: number): readonly Entry[] =>
  Array.from({ length: count }, (_, i) => entryOf(peerId, i + 1, { id: `r-${i + 1}` }))

/** The code of the FieldmeshError that a call throws, or what it returned. */
export const codeOf = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}
