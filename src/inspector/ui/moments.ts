import type { SeenActors } from '../records.types.ts'
import { createRecordingReader, type RecordingReader } from '../recording-reader.ts'
import type { Entry, TimelineView } from './timeline.ts'

/** All devices at one moment. */
export interface Moment {
  /** By device. */
  readonly actors: ReadonlyMap<string, SeenActors>
  /** Actors that took a transition just now, by `actorKey`. */
  readonly moved: ReadonlySet<string>
}

export const actorKey = (device: string, actor: string): string => `${device} ${actor}`

/** Actors that took a transition within a range of entries. */
export const movedWithin = (entries: readonly Entry[], first: number, last: number): ReadonlySet<string> => {
  const moved = new Set<string>()
  for (const { device, record } of entries.slice(Math.max(0, first), last + 1))
    if (record.kind === 'step') moved.add(actorKey(device, record.actor))
  return moved
}

/** What happened together, ms. */
const TOGETHER = 150

/** Of what came last, the first place of what happened together with the very last. */
const lastStretch = ({ entries, fresh }: TimelineView): number => {
  const since = (entries.at(-1)?.at ?? 0) - TOGETHER
  let place = entries.length
  while (place > fresh && (entries[place - 1]?.at ?? 0) >= since) place -= 1
  return place
}

/** The moment of now. */
export const liveMoment = (view: TimelineView): Moment => ({
  actors: new Map(view.devices.flatMap(({ key, log }) => (log ? [[key, log.actors()] as const] : []))),
  moved: movedWithin(view.entries, lastStretch(view), view.entries.length - 1),
})

/**
 * Travels through what is known at one time.
 *
 * @returns all devices right after the entry of that place; before the first one for -1. `since` is the place of the
 * event that led there
 */
export const createMoments = ({ devices, entries }: TimelineView) => {
  const readers = new Map<string, RecordingReader>()
  for (const { key, log } of devices) if (log) readers.set(key, createRecordingReader(log.recording()))
  const lastOf = (device: string, at: number): number => {
    for (let place = at; place >= 0; place--) {
      const entry = entries[place]
      if (entry?.device === device) return entry.record.n
    }
    return Number.NEGATIVE_INFINITY
  }
  return (at: number, since = at): Moment => ({
    actors: new Map(
      [...readers].map(([key, reader]) => [key, reader.actorsAt(Math.max(reader.start, lastOf(key, at)))]),
    ),
    moved: movedWithin(entries, since, at),
  })
}
