import type { Dot } from '#model/entry'
import type { VectorClock } from '#model/vector-clock'

/** Authors of `to` that are ahead of `from`. */
export const changes = (from: VectorClock, to: VectorClock): Record<string, number> =>
  Object.fromEntries([...to].filter(([author, seq]) => seq > from.get(author)))

/** True where `mine` holds something that `theirs` does not. */
export const exceeds = (mine: VectorClock, theirs: VectorClock): boolean =>
  [...mine].some(([author, seq]) => seq > theirs.get(author))

/** The vector (changed) with the dots: logs have no gaps, so whoever holds an entry holds all of its author before it. */
export const withDots = (vector: VectorClock, dots: readonly Dot[]): VectorClock => {
  for (const { peerId, seq } of dots) if (vector.get(peerId) < seq) vector.set(peerId, seq)
  return vector
}

/** How many entries `from` holds that `to` does not. */
export const missingFrom = (from: VectorClock, to: VectorClock): number => {
  let missing = 0
  for (const [author, seq] of from) missing += Math.max(0, seq - to.get(author))
  return missing
}
