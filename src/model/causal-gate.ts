import type { Dot, Entry } from './entry.ts'
import { seqOf } from './entry-dot.ts'

/** Author → highest seq applied; 0 for an unknown author. */
export interface AppliedSeqs {
  get(peerId: string): number
}

/**
 * The causal gate: an entry is applied only after everything its author had seen. Without it a join of clocks would
 * claim to have seen what was never applied, and writes would be lost silently.
 *
 * @returns one dot that must be applied first, or undefined: the gate is open
 */
export const missingDot = (entry: Entry, applied: AppliedSeqs): Dot | undefined => {
  const previous = seqOf(entry) - 1
  if (applied.get(entry.peerId) < previous) return { peerId: entry.peerId, seq: previous }
  const { vectorClock } = entry
  for (const peerId of Object.keys(vectorClock)) {
    const seq = vectorClock[peerId] as number
    if (peerId !== entry.peerId && applied.get(peerId) < seq) return { peerId, seq }
  }
  return undefined
}
