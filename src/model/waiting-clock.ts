import type { AppliedSeqs } from './causal-gate.ts'
import { VectorClock } from './vector-clock.ts'
import type { WaitingSet } from './waiting-set.ts'

/** Author → highest seq that waiting entries need and that is not applied: what to ask for again. */
export const waitingClock = (waiting: WaitingSet, applied: AppliedSeqs): VectorClock => {
  const needed = new VectorClock()
  for (const entry of waiting.entries()) {
    for (const [peerId, seq] of Object.entries(entry.vectorClock)) {
      const last = peerId === entry.peerId ? seq - 1 : seq
      if (last > applied.get(peerId)) needed.merge([[peerId, last]])
    }
  }
  return needed
}
