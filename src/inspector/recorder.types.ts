import type { InspectorSource } from './inspector-source.types.ts'
import type { Redaction } from './redact.ts'
import type { AnyLaw } from './watch-laws.ts'

export interface RecorderOptions {
  /**
   * Bound of the recording as a file, bytes; from 64 KiB, default 4 MiB. Records that no longer fit are dropped,
   * oldest first; charts of machines have a third of it, and one that no longer fits is left out: the panel draws
   * fieldmesh's own all the same.
   */
  readonly maxBytes?: number
  /** What people call this device; at most 64 characters. */
  readonly name?: string
  /** What of events and contexts is kept; default: names and numbers, and of content its size. */
  readonly redact?: Redaction
  /** Laws of your own machines, by the machine's id. fieldmesh's machines have theirs anyway. */
  readonly laws?: Readonly<Record<string, readonly AnyLaw[]>>
  /** Whether the figures of links are sampled, every 5 s while there are any; default false. */
  readonly figures?: boolean
  /** ms since 1970; default: the clock of the actor system where it tells the time, else the wall clock. */
  readonly now?: () => number
}

/** Notes what the actors of one device do, in memory. */
export interface Recorder extends InspectorSource {
  readonly attached: boolean
  /** Lets go of the actors: from here on it costs nothing. What was recorded stays; a second call does nothing. */
  readonly detach: () => void
}
