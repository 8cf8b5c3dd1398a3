import { TIMINGS } from '#machines/kit/timings'

const { beat, disconnectedGrace, iceRestart, connecting, greeting, awaitingOffer, backoffMax } = TIMINGS

/** Until a silent end is noticed: three beats, and the one that had just passed. */
const noticed = 4 * beat
/** One attempt at a link that comes to nothing at its latest moment. */
const attempt = connecting + greeting

/**
 * How long recovery takes at most, in ms of the world, once everything is healed; each a sum of the charts' own
 * durations. What has to be transferred comes on top.
 */
export const RECOVERY_MS = {
  /** Both sides told: a link that had proven itself is dialed again at once, and both hellos cross. */
  brokenLink: attempt,
  /** Nobody told: silence is noticed, ICE is given its grace and its restart, then a link is dialed. */
  silentLink: noticed + disconnectedGrace + iceRestart + attempt,
  /** The longest pause before the server is called again, the call, and the links that wait for it. */
  server: backoffMax + TIMINGS.socketDial + TIMINGS.socketJoin + awaitingOffer + attempt,
  /** A device that starts again is dialed once its other side noticed; a pause at its longest is cut short by its signal. */
  restart: noticed + TIMINGS.heed + attempt,
  /** A disk that refused is tried again after its longest pause, and what it refused is asked for again. */
  disk: TIMINGS.storageRetryMax + TIMINGS.relayHold,
  /** A message that was cut off half way is given up, and asked for again whole. */
  message: TIMINGS.stallCheck + TIMINGS.stalledLimit + TIMINGS.relayHold,
  /** All at once: the server at its longest pause, then a link that fails once more at its latest, then a disk. */
  anything:
    backoffMax +
    TIMINGS.socketDial +
    TIMINGS.socketJoin +
    2 * (attempt + backoffMax) +
    TIMINGS.storageRetryMax +
    noticed,
} as const
