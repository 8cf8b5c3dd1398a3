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

/** The least delay is measured anew after so long, so that a route that became longer is learned. */
const BEST_MS = 30_000
/** A queue is there when the least delay of the last one to two of these says so: a lost packet delays only some. */
const RECENT_MS = 250
/** The share of the window that measures the path: less than the path itself holds, unless that is very short. */
const PROBE_SHARE = 1 / 4
/** The window is at most halved at once, and grows by at most an eighth in a round trip once it met a queue. */
const SHRINK_LEAST = 0.5
const GROW_SHARE = 1 / 8
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

/**
 * Keeps the queue on the way at `creditDelayMs` (as LEDBAT does, RFC 6817). Grows by half of what is acknowledged until
 * it first meets a queue (slow start, but what it overshoots by must fit a small router's buffer: Chromium needs a round
 * trip for each packet of a burst that was dropped), then gently. Shrinks to what fits, and only for a delay that lasts.
 */
class DelayWindow implements CreditWindow {
  #window: number = LIMITS.creditStartBytes
  #sent = 0
  #acked = 0
  /** When the bytes up to `end` were sent: one mark for all frames of a millisecond. */
  readonly #marks: { end: number; at: number }[] = []
  /** The delay of a path without a queue, and when it was last seen. */
  #best = { delay: Number.POSITIVE_INFINITY, at: Number.NEGATIVE_INFINITY }
  readonly #recent = new RecentMinimum()
  #metQueue = false
  /** No shrinking again before these bytes are acknowledged: they were sent under the old window. */
  #shrunkUntil = 0
  /** A narrow window until these bytes are acknowledged, to see the path without our own queue. */
  #probeUntil: number | undefined
  /** The window from before the probe: it is gone back to in two round trips, for a burst would overflow a small router. */
  #proven = 0

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
    if (delay <= this.#best.delay) this.#best = { delay, at: now }
    const lasting = this.#recent.note(delay, now) - this.#best.delay
    if (this.#probeUntil !== undefined) this.#endProbe(delay, now)
    else if (now - this.#best.at >= BEST_MS) this.#beginProbe()
    else if (lasting > LIMITS.creditDelayMs) this.#shrink(lasting)
    else if (wasFull) this.#grow(bytes, delay - this.#best.delay)
  }

  #grow(bytes: number, queue: number): void {
    const room = 1 - queue / LIMITS.creditDelayMs
    if (room < 1 / 2) this.#metQueue = true
    if (room <= 0) return
    const gentle = (bytes / this.#window) * Math.max(LIMITS.chunkBytes, this.#window * GROW_SHARE) * room
    const more = this.#metQueue ? gentle : bytes / 2
    const wider = this.#window < this.#proven ? Math.min(this.#proven, this.#window + bytes) : this.#window + more
    this.#window = Math.min(LIMITS.creditMaxBytes, Math.floor(wider))
  }

  #shrink(queue: number): void {
    if (this.#acked < this.#shrunkUntil) return
    const share = (this.#best.delay + LIMITS.creditDelayMs) / (this.#best.delay + queue)
    this.#narrow(Math.max(SHRINK_LEAST, share))
    this.#shrunkUntil = this.#sent
    this.#metQueue = true
    this.#proven = 0
  }

  #narrow(share: number): void {
    this.#window = Math.max(LIMITS.creditMinBytes, Math.floor(this.#window * share))
  }

  #beginProbe(): void {
    this.#proven = this.#window
    this.#narrow(PROBE_SHARE)
    this.#probeUntil = this.#sent + this.#window
  }

  #endProbe(delay: number, now: number): void {
    if (this.#probeUntil === undefined || this.#acked < this.#probeUntil) return
    this.#best = { delay, at: now }
    this.#probeUntil = undefined
  }
}

/** The least of the values of the last one to two periods. */
class RecentMinimum {
  #current = Number.POSITIVE_INFINITY
  #previous = Number.POSITIVE_INFINITY
  #since = Number.NEGATIVE_INFINITY

  note(value: number, now: number): number {
    const age = now - this.#since
    if (age >= RECENT_MS) {
      this.#previous = age < 2 * RECENT_MS ? this.#current : Number.POSITIVE_INFINITY
      this.#current = Number.POSITIVE_INFINITY
      this.#since = now
    }
    this.#current = Math.min(this.#current, value)
    return Math.min(this.#current, this.#previous)
  }
}
