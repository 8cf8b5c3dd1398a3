import { dotOf } from '#model/entry-dot'
import type { FaultCode } from '#model/fault'
import type { ParsedEntries } from '#model/parsed-entries'
import type { MergePlan } from '#model/replica.types'
import type { BatchItem, EntryProof } from '#wire/entry-codec'
import type { Proven } from './chain-book.ts'
import type { IngestResult } from './replica-store.types.ts'

/** A batch as it arrived, and what was read from it. */
export interface Arrived {
  readonly bytes: Uint8Array
  readonly items: readonly BatchItem[]
  readonly entries: ParsedEntries
  readonly proofs: readonly EntryProof[]
  /** A fault for each body that is no entry. */
  readonly refused: readonly FaultCode[]
}

/** True where the batch holds these bodies and nothing else, so that it can be stored as it arrived. */
export const isWholeBatch = (bodies: readonly Uint8Array[], { items, refused }: Arrived): boolean =>
  refused.length === 0 && bodies.length === items.length && bodies.every((body, i) => body === items[i]?.bytes)

/** What came of a batch, once its plan is carried out. */
export const resultOf = ({ refused }: Arrived, proven: Proven, plan: MergePlan): IngestResult => {
  const spurned = new Set(plan.refused.map(({ entry }) => entry))
  const times = (count: number, fault: FaultCode) => Array.from({ length: count }, () => fault)
  const unsigned = [...times(proven.unsigned, 'entry-unproven'), ...times(proven.forked, 'author-forked')]
  return {
    held: proven.items.filter(({ entry }) => !spurned.has(entry)).map(({ entry }) => dotOf(entry)),
    applied: plan.apply.length,
    duplicate: plan.duplicate.length,
    waiting: plan.wait.length + proven.early,
    refused: [...refused, ...unsigned, ...plan.refused.map(({ fault }) => fault)],
    doubtful: proven.doubtful,
  }
}
