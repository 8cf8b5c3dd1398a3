import type { TimelineView } from './timeline.ts'

/** Places looked through for the end of what an event led to. */
const FAR = 2_000

/** The place at which everything has happened that an entry led to: where one goes to see what it did. */
export const settledPlace = ({ devices, entries }: TimelineView, at: number): number => {
  const entry = entries[at]
  if (entry?.record.kind !== 'event') return at
  const { device, record } = entry
  const last = devices.find(({ key }) => key === device)?.log?.consequence(record.n).last ?? record.n
  for (let place = at; place < Math.min(entries.length, at + FAR); place++) {
    const each = entries[place]
    if (each?.device === device && each.record.n >= last) return place
  }
  return at
}
