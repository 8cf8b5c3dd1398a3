import type { SteadyClock } from '#adapters/steady-clock'

/** What one direction of a link does to packets. Whatever is left out costs nothing. */
export interface LineShape {
  /** Bits per second, headers of IP and UDP included. */
  readonly bitsPerSecond?: number
  /** Propagation one way, ms. */
  readonly delayMs?: number
  /** Share of packets that are swallowed after they took their turn, 0 to 1. */
  readonly loss?: number
  /** Bytes that wait for their turn at most; a packet beyond is dropped (drop-tail, as a plain router does). */
  readonly bufferBytes?: number
}

/** What became of the packets so far. */
export interface LineCounts {
  readonly delivered: number
  /** Swallowed by loss, dropped at a full buffer, swallowed by a cut. */
  readonly lost: number
  readonly dropped: number
  readonly cut: number
  /** Of those delivered, how many came 5 ms late or more because our own timer did: what the emulation added. */
  readonly late: number
}

export interface ShapedLine {
  /** Takes a packet; `deliver` is called when it arrives, if it does. Packets never overtake one another. */
  send(bytes: number, deliver: () => void): void
  /** From now on nothing arrives, not even what is under way. */
  cut(): void
  heal(): void
  /** Forgets what is under way and lets go of the timer. */
  stop(): void
  readonly counts: LineCounts
}

export interface LineOptions extends LineShape {
  /** 0 ≤ x < 1; asked once for each packet where there is loss. */
  readonly random: () => number
  readonly clock: SteadyClock
}

/** IPv4 and UDP headers of a packet. */
const HEADER_BYTES = 28
/** Timers of a quiet machine are within a millisecond or two. */
const LATE_MS = 5

/** One direction of a link: a transmitter with a finite buffer, then air with loss, then distance. */
export const createShapedLine = ({ random, clock, ...shape }: LineOptions): ShapedLine => {
  const { bitsPerSecond = Number.POSITIVE_INFINITY, delayMs = 0, loss = 0 } = shape
  const { bufferBytes = Number.POSITIVE_INFINITY } = shape
  const bytesPerMs = bitsPerSecond / 8_000
  const counts = { delivered: 0, lost: 0, dropped: 0, cut: 0, late: 0 }
  let underWay: { at: number; deliver: () => void }[] = []
  let first = 0
  let freeAt = 0
  let isCut = false
  let timer: unknown

  const arrive = (deliver: () => void): void => {
    counts[isCut ? 'cut' : 'delivered'] += 1
    if (!isCut) deliver()
  }

  const arm = (): void => {
    const next = underWay[first]
    if (timer !== undefined || !next) return
    timer = clock.setTimeout(release, Math.max(1, next.at - clock.now()))
  }

  const release = (): void => {
    timer = undefined
    const now = clock.now()
    for (let next = underWay[first]; next && next.at <= now; next = underWay[first]) {
      if (now - next.at >= LATE_MS) counts.late += 1
      first += 1
      arrive(next.deliver)
    }
    if (first > underWay.length / 2) {
      underWay = underWay.slice(first)
      first = 0
    }
    arm()
  }

  /** When the packet has left the transmitter; undefined where the buffer is full. */
  const transmitted = (bytes: number, now: number): number | undefined => {
    if (bytesPerMs === Number.POSITIVE_INFINITY) return now
    const begins = Math.max(now, freeAt)
    if ((begins - now) * bytesPerMs + bytes > bufferBytes) return undefined
    freeAt = begins + bytes / bytesPerMs
    return freeAt
  }

  return {
    send: (bytes, deliver) => {
      const now = clock.now()
      const left = transmitted(bytes + HEADER_BYTES, now)
      if (left === undefined) counts.dropped += 1
      else if (loss > 0 && random() < loss) counts.lost += 1
      else if (left + delayMs <= now && first === underWay.length) arrive(deliver)
      else {
        underWay.push({ at: left + delayMs, deliver })
        arm()
      }
    },
    cut: () => {
      isCut = true
    },
    heal: () => {
      isCut = false
    },
    stop: () => {
      clock.clearTimeout(timer)
      timer = undefined
      underWay = []
      first = 0
    },
    get counts() {
      return { ...counts }
    },
  }
}
