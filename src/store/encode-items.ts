import { seqOf } from '#model/entry-dot'
import { LIMITS } from '#model/limits'
import { type BatchItem, encodeBatch, type EntryProof } from '#wire/entry-codec'

interface Content {
  readonly items: readonly BatchItem[]
  /** In the order of the entries that they name. */
  readonly proofs: readonly EntryProof[]
}

/**
 * What was read from batches as one batch. Of signatures that stand close to each other one is enough: those are left
 * out without which no more entries lie between two than may.
 */
export const encodeItems = ({ items, proofs }: Content): Uint8Array => {
  const atOf = new Map(items.map(({ entry }, at) => [entry, at]))
  const placed = needed(proofs).map(({ last, ...proof }) => ({ at: atOf.get(last) ?? 0, ...proof }))
  return encodeBatch(
    items.map(({ bytes }) => bytes),
    placed,
  )
}

/** The place that a proof’s signature stands for: of the last entry it covers, or further on. */
const placeOf = ({ last, tail }: EntryProof): number => seqOf(last) + tail.length

/** The last proof of each author that was looked at, and the place of the one before it that stays; its own, of a first. */
interface LastTwo {
  readonly proof: EntryProof
  readonly before: number
}

const needed = (proofs: readonly EntryProof[]): EntryProof[] => {
  const dropped = new Set<EntryProof>()
  const lastTwo = new Map<string, LastTwo>()
  for (const proof of proofs) {
    const author = proof.last.peerId
    const two = lastTwo.get(author)
    const isSpare = two !== undefined && isBetween(two, proof)
    if (isSpare) dropped.add(two.proof)
    lastTwo.set(author, { proof, before: isSpare ? two.before : placeOf(two?.proof ?? proof) })
  }
  return proofs.filter((proof) => !dropped.has(proof))
}

/** True where what a proof shows is shown by the next one too. The first, and those with a key or a tail, stay. */
const isBetween = ({ proof, before }: LastTwo, next: EntryProof): boolean =>
  placeOf(proof) > before &&
  proof.key === undefined &&
  proof.tail.length === 0 &&
  placeOf(next) > placeOf(proof) &&
  placeOf(next) - before <= LIMITS.checkpointEntries
