import { type AppliedSeqs, missingDot } from './causal-gate.ts'
import type { Dot, Entry } from './entry.ts'
import { compareWrites } from './write-order.ts'

/** The two rules that convergence rests on; apart, so that tests can break each and see the laws fail. */
export interface MergeRules {
  /** One dot that must be applied before the entry, or undefined. */
  readonly gate: (entry: Entry, applied: AppliedSeqs) => Dot | undefined
  /** Total order of concurrent writes; the largest wins. */
  readonly compare: (a: Entry, b: Entry) => number
}

export const MERGE_RULES: MergeRules = { gate: missingDot, compare: compareWrites }
