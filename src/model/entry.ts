/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** What a write does to its record. */
export type EntryAction = 'create' | 'update' | 'delete'

/**
 * One immutable write to one record: the unit that is stored, sent and merged.
 * Its own identity is its dot, (peerId, vectorClock[peerId]).
 */
export interface Entry {
  /** Record id, 1 to 256 characters. */
  readonly id: string
  /** Kind of record, such as `reading`, 1 to 256 characters. */
  readonly resourceType: string
  readonly action: EntryAction
  /** Only the changed fields; {} for delete. */
  readonly data: Readonly<Record<string, Json>>
  /** Hybrid logical clock, ms since 1970, monotonic per author; never decides causality. */
  readonly timestamp: number
  /** Author. */
  readonly peerId: string
  /** Causal context of this record, own dot included; author → seq. */
  readonly vectorClock: Readonly<Record<string, number>>
  /** Hybrid clock counter for entries of the same millisecond; absent means 0. */
  readonly counter?: number
}

/** What a caller gives to write an entry. */
export type EntryInput = Pick<Entry, 'id' | 'resourceType' | 'action' | 'data'>

/** Names one entry: its author and its place in the author's log (1, 2, 3 …). */
export interface Dot {
  readonly peerId: string
  readonly seq: number
}
