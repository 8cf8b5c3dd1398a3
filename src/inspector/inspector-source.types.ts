import type { InspectRecord, Recording, SeenActors } from './records.types.ts'

/** Records in the order of their numbers, never none. */
export type RecordListener = (records: readonly InspectRecord[]) => void

/** One device to look at: in this window, or in another one. */
export interface InspectorSource {
  /** The device; '' where it is not known yet, and for actors that are no engine's. */
  readonly peerId: string
  /** What people call it. */
  readonly name?: string
  /** Everything that is kept, as it stands now. */
  readonly recording: () => Recording
  /** The actors as they are now; the same object until something happens. */
  readonly actors: () => SeenActors
  /** Tells what is new, all records of one task at once; returns what ends it. */
  readonly subscribe: (listener: RecordListener) => () => void
}
