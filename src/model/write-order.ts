import type { Entry } from './entry.ts'
import { seqOf } from './entry-dot.ts'
import { getOwn } from './plain-object.ts'

/** True where `later` was written by someone who had seen `earlier` (≺ of the model). */
export const precedes = (earlier: Entry, later: Entry): boolean =>
  earlier !== later && (getOwn(later.vectorClock, earlier.peerId) ?? 0) >= seqOf(earlier)

/** Orders concurrent writes: by time, counter, author (UTF-16 code units) and seq; the largest wins. Total. */
export const compareWrites = (a: Entry, b: Entry): number =>
  a.timestamp - b.timestamp ||
  (a.counter ?? 0) - (b.counter ?? 0) ||
  compareText(a.peerId, b.peerId) ||
  seqOf(a) - seqOf(b)

/** Orders strings by UTF-16 code units, never by locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
