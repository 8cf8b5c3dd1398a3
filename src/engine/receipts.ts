import type { Dot } from '#model/entry'
import type { VectorClock } from '#model/vector-clock'
import type { Session } from './session.ts'

import type { Receipt } from './types.ts'

/** What of a session tells who has an entry. */
export interface Holdings {
  readonly own: Session['own']
  readonly store: Pick<Session['store'], 'vector'>
  readonly ledger: Pick<Session['ledger'], 'peers' | 'acked'>
}

/** What a device claims to have of one author; a claim beyond the end of our own log is no acknowledgment of it. */
const claimed = ({ own }: Holdings, theirs: VectorClock, author: string, mine: VectorClock): number => {
  const seq = theirs.get(author)
  return own.has(author) && seq > mine.get(author) ? 0 : seq
}

/** Who has one entry, from the vectors the devices announced. */
export const receiptOf = (dot: Dot, holdings: Holdings): Receipt => {
  const { own, store, ledger } = holdings
  const mine = store.vector()
  if (mine.get(dot.peerId) < dot.seq) return { dot, state: 'unknown', on: [], lacking: [] }
  const known = new Set(ledger.peers().map((peer) => peer.peerId))
  if (!own.has(dot.peerId)) known.add(dot.peerId)
  for (const id of own) known.delete(id)
  const has = (peerId: string) =>
    peerId === dot.peerId || claimed(holdings, ledger.acked(peerId), dot.peerId, mine) >= dot.seq
  const on = [...known].filter(has).sort()
  const lacking = [...known].filter((peerId) => !has(peerId)).sort()
  return { dot, state: on.length === 0 ? 'local' : lacking.length > 0 ? 'some' : 'all', on, lacking }
}

/** Entries of ours that no other device is known to have. */
export const outboxCount = (holdings: Holdings): number => {
  const { own, store, ledger } = holdings
  const mine = store.vector()
  const vectors = ledger.peers().map(({ peerId }) => ledger.acked(peerId))
  let count = 0
  for (const author of own) {
    const best = vectors.reduce((most, theirs) => Math.max(most, claimed(holdings, theirs, author, mine)), 0)
    count += mine.get(author) - best
  }
  return count
}
