/**
 * What happened at one end: it sent a ping, the other end's came, the answer to its own came; it sent an edit, the other
 * end's came.
 */
export type Happening = 'pinged' | 'heardPing' | 'heardPong' | 'edited' | 'heardEdit'

/** Times are ms since 1970 with fractions, so that two pages of one machine can be compared. */
export interface EndReport {
  readonly opened: boolean
  /** Why the link ended by itself, or refused something: nothing that should be here. */
  readonly lost: readonly string[]
  readonly events: readonly { readonly what: Happening; readonly id: number; readonly at: number }[]
  /** When frames of bulk came; each has `FRAME_BYTES`. */
  readonly bulkAt: readonly number[]
  /** When bulk was saturated, and until when. */
  readonly startedAt: number
  readonly stoppedAt: number
}

export interface OpenOptions {
  readonly id: string
  readonly dials: boolean
  /** `bufferedAmount` up to which plain bulk is handed over, bytes; without it the transport that ships. */
  readonly plainHighBytes?: number
}

export interface RunOptions {
  readonly ms: number
  /** Between pings, and between edits; an edit comes half way between two pings. */
  readonly everyMs: number
}
