import type { Entry } from '#model/entry'
import { dotOf } from '#model/entry-dot'
import type { MergePlan } from '#model/replica.types'
import type { VectorClock } from '#model/vector-clock'
import { encodeBatch } from '#wire/entry-codec'
import { type Arrived, isWholeBatch } from './arrived.ts'
import { inBatches } from './batching.ts'
import type { ChainBook, OwnProofs } from './chain-book.ts'

/** What segments are made with. */
export interface Segmenting {
  readonly chains: ChainBook
  /** What was durable before. */
  readonly vector: VectorClock
  /** Signatures of what was written here. */
  readonly own?: OwnProofs
  /** True where every proof of the batch that arrived was checked. */
  readonly isChecked?: boolean
}

type Batches = readonly (readonly Uint8Array[])[]

/** Segments of entries, given with their bodies in batches; each with what proves it. */
export const provenSegments = (entries: readonly Entry[], batches: Batches, segmenting: Segmenting): Uint8Array[] => {
  const { chains, vector, own } = segmenting
  let from = 0
  return batches.map((bodies) => {
    const dots = entries.slice(from, from + bodies.length).map(dotOf)
    from += bodies.length
    return encodeBatch(bodies, chains.proofsOf(dots, vector, own))
  })
}

/** What differs from an entry held here is kept with what proves that both are by one author. */
const forkSegment = (entry: Entry, body: Uint8Array | undefined, { chains }: Segmenting): Uint8Array[] => {
  const proof = chains.proofOfFork(entry)
  return body ? [encodeBatch([body], proof ? [proof] : [])] : []
}

/**
 * Segments of what is to be stored of a batch. One that is stored as it arrived is its own: its checksum need not be
 * taken again.
 *
 * @param bodies those of `toStore`
 */
export const arrivedSegments = (
  { apply, toStore }: MergePlan,
  bodies: readonly Uint8Array[],
  arrived: Arrived,
  segmenting: Segmenting,
): Uint8Array[] => {
  // With proofs that nobody checked it would spoil the author's chain at the next start, and at whoever gets it from us.
  const isKept = segmenting.isChecked && isWholeBatch(bodies, arrived) && inBatches(bodies).length === 1
  if (isKept) return [arrived.bytes]
  const applied = provenSegments(apply, inBatches(bodies.slice(0, apply.length)), segmenting)
  const forks = toStore.slice(apply.length)
  return [...applied, ...forks.flatMap((entry, i) => forkSegment(entry, bodies[apply.length + i], segmenting))]
}
