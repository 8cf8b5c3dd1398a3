import type { Entry } from '#model/entry'
import { dotOf } from '#model/entry-dot'
import type { FaultCode } from '#model/fault'
import type { MergePlan } from '#model/replica.types'
import { type BatchItem, encodeBatch } from '#wire/entry-codec'
import { inBatches } from './batching.ts'
import type { IngestResult } from './replica-store.types.ts'

/** A batch as it arrived, and what was read from it. */
export interface Arrived {
  readonly bytes: Uint8Array
  readonly items: readonly BatchItem[]
  readonly entries: Iterable<Entry>
  /** A fault for each body that is no entry. */
  readonly refused: readonly FaultCode[]
}

/** What is written here came with no batch. */
export const NOTHING_ARRIVED: Arrived = { bytes: new Uint8Array(), items: [], entries: [], refused: [] }

/**
 * The segments that hold these bodies. A batch that is stored as it arrived is its own segment, being the only
 * encoding of its bodies: its checksum need not be taken again.
 *
 * @param bodies of what is to be stored, views of the batch where they came with it
 */
export const segmentsOf = (bodies: readonly Uint8Array[], { bytes, items, refused }: Arrived): Uint8Array[] => {
  const batches = inBatches(bodies)
  const isWhole = batches.length === 1 && refused.length === 0 && isSameList(bodies, items)
  return isWhole ? [bytes] : batches.map(encodeBatch)
}

/** What came of a batch, once its plan is carried out. */
export const resultOf = ({ items, refused }: Arrived, plan: MergePlan): IngestResult => {
  const spurned = new Set(plan.refused.map(({ entry }) => entry))
  return {
    held: items.filter(({ entry }) => !spurned.has(entry)).map(({ entry }) => dotOf(entry)),
    applied: plan.apply.length,
    duplicate: plan.duplicate.length,
    waiting: plan.wait.length,
    refused: [...refused, ...plan.refused.map(({ fault }) => fault)],
  }
}

const isSameList = (bodies: readonly Uint8Array[], items: readonly BatchItem[]): boolean =>
  bodies.length === items.length && bodies.every((body, i) => body === items[i]?.bytes)
