import type { FaultCode } from '#model/fault'
import { LIMITS } from '#model/limits'

/**
 * Sending side of receiver credit: how many bulk bytes may be on their way. Bytes are whole frames, headers
 * included; times are ms of any one clock that never goes back.
 */
export interface CreditWindow {
  /** Bytes that may be sent now. */
  budget(): number
  /** A frame was handed to the channel. */
  sent(bytes: number, now: number): void
  /** The receiver's running count (uint32, wraps). Returns a fault where it claims more than was sent; then nothing changed. */
  acked(received: number, now: number): FaultCode | undefined
  /** Unacknowledged bytes at most, and now. */
  readonly window: number
  readonly inFlight: number
}

/** Receiving side: counts, and says when the sender should hear of it. */
export interface CreditCounter {
  /** A bulk frame arrived. Returns the count for a `credit` message when one is due. */
  received(bytes: number): number | undefined
}

/** The least round trip is forgotten after one to two of these, so that a route that became longer is learned. */
const BEST_MS = 30_000
/** What is left of the window when acknowledgments are late; taken at most once in a window's worth of bytes. */
const SHRINK = 0.7
/**
 * Unacknowledged bytes that make a receiver speak. The smallest window blocks a sender only when more than this is
 * under way (window − one chunk), so a blocked sender is always answered, whatever the sizes of its frames.
 */
const SPEAK_BYTES = LIMITS.creditMinBytes - LIMITS.chunkBytes
const UINT32 = 2 ** 32

export const createCreditWindow = (): CreditWindow => new DelayWindow()

export const createCreditCounter = (): CreditCounter => {
  let count = 0
  let unspoken = 0
  return {
    received(bytes) {
      count = (count + bytes) % UINT32
      unspoken += bytes
      if (unspoken < SPEAK_BYTES) return undefined
      unspoken = 0
      return count
    },
  }
}

/** Grows by what is acknowledged in time (as slow start does), shrinks when a queue builds up on the way (as LEDBAT, RFC 6817). */
class DelayWindow implements CreditWindow {
  #window: number = LIMITS.creditStartBytes
  #sent = 0
  #acked = 0
  /** When the bytes up to `end` were sent: one mark for all frames of a millisecond. */
  readonly #marks: { end: number; at: number }[] = []
  readonly #best = new RecentMinimum()
  /** No shrinking again before these bytes are acknowledged: they were sent under the old window. */
  #shrunkUntil = 0

  get window(): number {
    return this.#window
  }

  get inFlight(): number {
    return this.#sent - this.#acked
  }

  budget(): number {
    return Math.max(0, this.#window - this.inFlight)
  }

  sent(bytes: number, now: number): void {
    this.#sent += bytes
    const last = this.#marks.at(-1)
    if (last?.at === now) last.end = this.#sent
    else this.#marks.push({ end: this.#sent, at: now })
  }

  acked(received: number, now: number): FaultCode | undefined {
    const bytes = (((received - this.#acked) % UINT32) + UINT32) % UINT32
    if (bytes > this.inFlight) return 'wire-malformed'
    if (bytes === 0) return undefined
    const wasFull = this.budget() < LIMITS.chunkBytes
    this.#acked += bytes
    this.#adapt(bytes, now - this.#sentAt(), now, wasFull)
    return undefined
  }

  /** When the newest of the acknowledged bytes was sent; forgets the marks before it. */
  #sentAt(): number {
    while (this.#marks[0] !== undefined && this.#marks[0].end < this.#acked) this.#marks.shift()
    return this.#marks[0]?.at ?? 0
  }

  #adapt(bytes: number, delay: number, now: number, wasFull: boolean): void {
    const best = this.#best.note(delay, now)
    if (delay < best + LIMITS.creditDelayMs) {
      if (wasFull) this.#window = Math.min(LIMITS.creditMaxBytes, this.#window + bytes)
    } else if (this.#acked >= this.#shrunkUntil) {
      this.#window = Math.max(LIMITS.creditMinBytes, Math.floor(this.#window * SHRINK))
      this.#shrunkUntil = this.#sent
    }
  }
}

/** The least of the values of the last one to two periods. */
class RecentMinimum {
  #current = Number.POSITIVE_INFINITY
  #previous = Number.POSITIVE_INFINITY
  #since = Number.NEGATIVE_INFINITY

  note(value: number, now: number): number {
    if (now - this.#since >= BEST_MS) {
      this.#previous = this.#current
      this.#current = Number.POSITIVE_INFINITY
      this.#since = now
    }
    this.#current = Math.min(this.#current, value)
    return Math.min(this.#current, this.#previous)
  }
}
