import type { Moment } from './moment.types.ts'

/** The moments of a world, the newest last, and which of them is looked at. */
export interface History {
  /** The same array until a moment is added. */
  readonly moments: readonly Moment[]
  /** Moments that there was no room for any more. */
  readonly dropped: number
  /** Serial number of the moment that is shown; undefined for now. */
  readonly cursor: number | undefined
  /** The moment that is shown; undefined for now, which may be later than the newest moment. */
  readonly shown: Moment | undefined
  add(moment: Omit<Moment, 'n'>): void
  /** Shows the moment of that number, or the nearest there is; the newest one and undefined are now. */
  show(n?: number): void
}

/** Room for some minutes of six devices; the states are shared between them. */
const MOST_MOMENTS = 3_000

/** @param most moments kept; the oldest go first */
export const createHistory = (most: number = MOST_MOMENTS): History => {
  let moments: readonly Moment[] = []
  let dropped = 0
  let cursor: number | undefined
  const history: History = {
    get moments() {
      return moments
    },
    get dropped() {
      return dropped
    },
    get cursor() {
      return cursor
    },
    get shown() {
      return cursor === undefined ? undefined : moments[cursor - dropped]
    },
    add: (moment) => {
      const all = [...moments, { ...moment, n: dropped + moments.length }]
      const excess = Math.max(0, all.length - most)
      dropped += excess
      moments = excess > 0 ? all.slice(excess) : all
      // What is looked at may be dropped under one's eyes: the oldest there is takes its place.
      if (cursor !== undefined) cursor = Math.max(cursor, dropped)
    },
    show: (n) => {
      const newest = dropped + moments.length - 1
      const nearest = n === undefined ? newest : Math.max(n, dropped)
      cursor = nearest >= newest ? undefined : nearest
    },
  }
  return history
}
