import { LIMITS } from '#model/limits'
import { type BatchItem, decodeBatch, type EntryProof } from '#wire/entry-codec'
import { encodeItems } from './encode-items.ts'

/** A batch and its place in the journal. */
export interface Segment {
  readonly position: number
  readonly bytes: Uint8Array
}

/** One step of compaction: `into` replaces all of `from`, of which its position is the last. */
export interface Merge {
  readonly into: Segment
  readonly from: readonly number[]
}

interface Content {
  readonly items: BatchItem[]
  readonly proofs: EntryProof[]
}

interface Run extends Content {
  readonly positions: number[]
  bytes: number
}

const emptyRun = (): Run => ({ positions: [], items: [], proofs: [], bytes: 0 })

const merged = ({ positions, ...content }: Run): Merge | undefined => {
  const last = positions.at(-1)
  if (last === undefined || positions.length < 2) return undefined
  return { into: { position: last, bytes: encodeItems(content) }, from: positions }
}

/** The entries of a segment worth merging; undefined for one that is large already, or damaged: both stay as they are. */
const smallContent = (segment: Segment): (Content & { readonly bytes: number }) | undefined => {
  const batch = decodeBatch(segment.bytes)
  if (!batch.ok || batch.refused.length > 0) return undefined
  const bytes = batch.items.reduce((sum, item) => sum + item.bytes.length, 0)
  if (bytes > LIMITS.batchBytes / 2 || batch.items.length > LIMITS.batchEntries / 2) return undefined
  return { items: batch.items, proofs: batch.proofs, bytes }
}

/**
 * Finds neighbors among small segments and merges them, up to the size of a batch. A merged segment stands at the
 * position of the last one in it, so that order, the next free position and whole ranges stay what they were.
 */
export async function* mergesOf(segments: AsyncIterable<Segment>): AsyncGenerator<Merge> {
  let run = emptyRun()
  for await (const segment of segments) {
    const small = smallContent(segment)
    const fits =
      small !== undefined &&
      run.bytes + small.bytes <= LIMITS.batchBytes &&
      run.items.length + small.items.length <= LIMITS.batchEntries
    if (!fits) {
      const merge = merged(run)
      if (merge) yield merge
      run = emptyRun()
    }
    if (small === undefined) continue
    run.positions.push(segment.position)
    run.items.push(...small.items)
    run.proofs.push(...small.proofs)
    run.bytes += small.bytes
  }
  const merge = merged(run)
  if (merge) yield merge
}
