import { getOwn, setOwn } from '#model/plain-object'
import type { ActorRecord, InspectRecord, SeenActor, SeenActors } from './records.types.ts'

const born = ({ actor, id, parent, systemId, src, machine }: ActorRecord): SeenActor => ({
  actor,
  id,
  ...(parent !== undefined && { parent }),
  ...(systemId !== undefined && { systemId }),
  ...(src !== undefined && { src }),
  ...(machine !== undefined && { machine }),
  status: 'active',
  states: [],
  last: [],
})

/** What a record changes of an actor; undefined for nothing, as of one that was never seen to be born. */
export const seenAfter = (seen: SeenActor | undefined, record: InspectRecord): SeenActor | undefined => {
  if (record.kind === 'actor') return born(record)
  if (!seen) return undefined
  if (record.kind === 'step') return { ...seen, last: record.transitions }
  if (record.kind !== 'snapshot') return undefined
  const { status, states = seen.states, context = seen.context } = record
  return { ...seen, status, states, ...(context !== undefined && { context }) }
}

/**
 * The actors after some records, from the actors before them. Neither is changed.
 *
 * @example
 * const now = foldRecords(recording.before, recording.records)
 * Object.values(now).filter(({ machine }) => machine === 'sync-peer').map(({ states }) => states.at(-1))
 */
export const foldRecords = (before: SeenActors, records: Iterable<InspectRecord>): SeenActors => {
  const actors: Record<string, SeenActor> = { ...before }
  for (const record of records) {
    if (!('actor' in record)) continue
    const next = seenAfter(getOwn(actors, record.actor), record)
    if (next) setOwn(actors, record.actor, next)
  }
  return actors
}
