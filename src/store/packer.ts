import type { Dot } from '#model/entry'
import { dotOf } from '#model/entry-dot'
import type { ReplicaCore } from '#model/replica.types'
import type { VectorClock } from '#model/vector-clock'
import { encodeBatch, encodeEntry } from '#wire/entry-codec'
import { fitsBatch } from './batching.ts'
import type { Bodies } from './bodies.ts'
import type { ChainBook } from './chain-book.ts'
import type { ReplicaStore } from './replica-store.types.ts'

/** The next batch of what the vector lacks; see `ReplicaStore.pack`. */
export const packNext = (
  core: ReplicaCore,
  { bodies, chains }: { readonly bodies: Bodies; readonly chains: ChainBook },
  vector: VectorClock,
  mostBytes?: number,
): ReturnType<ReplicaStore['pack']> => {
  const upTo = vector.clone()
  const batch: Uint8Array[] = []
  const dots: Dot[] = []
  let bytes = 0
  for (const entry of core.sinceIterator(vector)) {
    const dot = dotOf(entry)
    const body = bodies.at(dot) ?? encodeEntry(entry)
    if (!chains.canProve(dot) || !fitsBatch(bytes, batch.length, body, mostBytes)) break
    batch.push(body)
    dots.push(dot)
    bytes += body.length
    upTo.set(dot.peerId, dot.seq)
  }
  if (batch.length === 0) return undefined
  return { bytes: encodeBatch(batch, chains.proofsOf(dots, vector)), upTo, entries: batch.length }
}
