import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'

/** Bounds of a signaling server, each with its reason. Sizes in bytes, times in ms. */
export const SIGNALING_LIMITS = {
  /** A frame: a sealed session of 12 KiB in JSON. */
  frameBytes: LIMITS.signalingFrameBytes,
  /** Pieces of one frame, continuations counted: browsers send one. */
  fragments: 16,
  /** Unread pieces of one frame in memory: a full frame over the slowest link comes in fewer. */
  chunks: 1_024,
  /** TCP connect to the end of the WebSocket handshake. */
  handshakeMs: 5_000,
  /** Hello to the room: one round trip, a signature of the device, and our look at it. */
  joinMs: 5_000,
  /** Joins looked at at a time, two signatures each: beyond, they would only wait for the same processors. */
  joinChecks: 64,
  /** … of which from one address: a site that comes back as one is through within a second. */
  joinChecksPerAddress: 16,
  /** Frames that wait for the look at a join: more than an honest device sends before it is in. */
  waitingFrames: 16,
  /** Joins from one address in a minute: a percent of one processor, and a full room that tries ten times. */
  joinsPerMinute: 1_200,
  /** Connections from one address in a minute: for those that come and never join. */
  connectionsPerMinute: 3_000,
  /** Frames of one device in the long run. */
  perSecond: 30,
  /** Frames at once: offers and candidates to a dozen devices. As many again beyond it end the connection. */
  burst: 60,
  /** Devices in one room. */
  roomPeers: LIMITS.roomPeers,
  /** Connections in all: about 200 MB. */
  connections: 20_000,
  /** Connections from one address; unlimited by default, since a whole site sits behind one. */
  connectionsPerAddress: Number.POSITIVE_INFINITY,
  /** Bytes waiting for a device that does not read … */
  slowBytes: 256 * 1024,
  /** … for this long before it is let go; at four times the bytes at once. */
  slowMs: 5_000,
  /** Routers forget silent connections after 30 s. A device that missed one ping is gone at the next. */
  pingMs: 25_000,
  /** How long a closing handshake may take before the connection is cut. */
  closeMs: 2_000,
  /** What devices are told to wait when the server restarts, … */
  drainRetryMs: 1_000,
  /** … when there is no seat for them, … */
  fullRetryMs: 10_000,
  /** … and when too many come at once. */
  busyRetryMs: 1_000,
}

export type SignalingLimits = { readonly [Name in keyof typeof SIGNALING_LIMITS]: number }

/** What an operator may leave to whatever stands in front of the server. */
const BOUNDLESS: readonly string[] = ['connectionsPerAddress', 'joinsPerMinute', 'connectionsPerMinute']

/** The longest delay a Node timer takes. */
const TIMER_MAX = 2 ** 31 - 1

const isInRange = (name: string, value: unknown): boolean => {
  if (BOUNDLESS.includes(name) && value === Number.POSITIVE_INFINITY) return true
  const most = name === 'roomPeers' ? LIMITS.signalingRoster : TIMER_MAX
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= most
}

/**
 * The defaults with what the caller changes.
 * @throws FieldmeshError `options-invalid` for an unknown name, or anything but a whole number in range
 */
export const resolveLimits = (changes: Partial<SignalingLimits> = {}): SignalingLimits => {
  for (const [name, value] of Object.entries<unknown>(changes)) {
    if (!Object.hasOwn(SIGNALING_LIMITS, name))
      throw new FieldmeshError('options-invalid', `There is no limit “${name}”.`)
    if (!isInRange(name, value))
      throw new FieldmeshError('options-invalid', `limits.${name} takes a whole number in range.`)
  }
  return { ...SIGNALING_LIMITS, ...changes }
}
