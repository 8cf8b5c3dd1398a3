import type { Dot, Entry } from './entry.ts'
import { getOwn } from './plain-object.ts'

/** The entry's place in its author's log. */
export const seqOf = (entry: Entry): number => getOwn(entry.vectorClock, entry.peerId) ?? 0

/** The entry's own identity. */
export const dotOf = (entry: Entry): Dot => ({ peerId: entry.peerId, seq: seqOf(entry) })
