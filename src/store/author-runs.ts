import { seqOf } from '#model/entry-dot'
import type { BatchItem, EntryProof } from '#wire/entry-codec'

/** The entries of one author in a batch that follow each other without a gap, and what shall prove them. */
export interface AuthorRun {
  readonly author: string
  /** seq of the first. */
  readonly first: number
  readonly items: BatchItem[]
  /** In the order of their places, each with the seq of the last entry in the batch that it covers. */
  readonly proofs: (EntryProof & { readonly upTo: number })[]
}

/** A batch by authors. What is out of its author's order is in no run. */
export const runsOf = (items: readonly BatchItem[], proofs: readonly EntryProof[]): AuthorRun[] => {
  const runs = new Map<string, AuthorRun>()
  const proofOf = new Map(proofs.map((proof) => [proof.last, proof]))
  for (const item of items) {
    const author = item.entry.peerId
    const seq = seqOf(item.entry)
    const run = runs.get(author) ?? { author, first: seq, items: [], proofs: [] }
    runs.set(author, run)
    if (seq !== run.first + run.items.length) continue
    run.items.push(item)
    const proof = proofOf.get(item.entry)
    if (proof) run.proofs.push({ ...proof, upTo: seq })
  }
  return [...runs.values()]
}
