import { foldRecords } from '../fold-records.ts'
import type { InspectorSource } from '../inspector-source.types.ts'
import type { Recording, SeenActors } from '../records.types.ts'

/** A recording as a source in which nothing new happens. */
export const recordedSource = (recording: Recording): InspectorSource => {
  let actors: SeenActors | undefined
  return {
    peerId: recording.peerId,
    ...(recording.name !== undefined && { name: recording.name }),
    recording: () => recording,
    actors: () => {
      actors ??= foldRecords(recording.before, recording.records)
      return actors
    },
    subscribe: () => () => {},
  }
}
