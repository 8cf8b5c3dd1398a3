import type { TimelineView } from '#inspector/ui/timeline'
import type { Explanation, SyncStatus } from '#engine/types'
import type { SeenActor } from '#inspector/records.types'
import type { ListedMoment } from './moment-list.tsx'

/** A moment of a recording in which something worth words had just happened. */
export interface RecordedMoment extends ListedMoment {
  /** Place of the last record that has happened, among those of all devices; -1 before the first. */
  readonly place: number
}

/** One device as it was at a moment of its recording. */
export interface RecordedDevice {
  readonly key: string
  readonly title: string
  /** What was known to its person; absent where no fieldmesh engine was recorded. */
  readonly status?: SyncStatus
  readonly explained: readonly Explanation[]
  /** The machines that ran, in the order of their birth. */
  readonly machines: readonly SeenActor[]
}

/** What one or several devices did, as one course of time. */
export interface FieldRecording {
  readonly view: TimelineView
  /** ms since 1970 of the first record. */
  readonly begin: number
  readonly moments: readonly RecordedMoment[]
  readonly devicesAt: (place: number) => readonly RecordedDevice[]
}
