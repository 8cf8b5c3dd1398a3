import { dotOf } from '#model/entry-dot'
import type { ReplicaCore } from '#model/replica.types'
import type { VectorClock } from '#model/vector-clock'
import { encodeBatch, encodeEntry } from '#wire/entry-codec'
import { fitsBatch } from './batching.ts'
import type { Bodies } from './bodies.ts'
import type { ReplicaStore } from './replica-store.types.ts'

/** The next batch of what the vector lacks; see `ReplicaStore.pack`. */
export const packNext = (
  core: ReplicaCore,
  bodies: Bodies,
  vector: VectorClock,
  mostBytes?: number,
): ReturnType<ReplicaStore['pack']> => {
  const upTo = vector.clone()
  const batch: Uint8Array[] = []
  let bytes = 0
  for (const entry of core.sinceIterator(vector)) {
    const dot = dotOf(entry)
    const body = bodies.at(dot) ?? encodeEntry(entry)
    if (!fitsBatch(bytes, batch.length, body, mostBytes)) break
    batch.push(body)
    bytes += body.length
    upTo.set(dot.peerId, dot.seq)
  }
  return batch.length > 0 ? { bytes: encodeBatch(batch), upTo, entries: batch.length } : undefined
}
