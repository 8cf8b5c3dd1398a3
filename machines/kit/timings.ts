/** Every duration of the charts, in ms, with its reason. */
const TABLE = {
  beat: [2_000, 'Heartbeat: alive is known within it; costs 60 bytes.'],
  disconnectedGrace: [3_000, 'ICE often heals by itself within three seconds of a moved antenna.'],
  iceRestart: [8_000, 'An ICE restart that has not worked by now will not.'],
  silentHold: [
    20_000,
    'A silent link that nothing could replace is kept; Chromium gives up a path by itself 16 to 18 s after its last packet.',
  ],
  connecting: [15_000, 'Dial to open: 30 ms on a LAN, some seconds through TURN over TCP.'],
  greeting: [5_000, 'Both hellos cross in one round trip.'],
  proving: [
    5_000,
    'Two signatures and one round trip: a tablet needs milliseconds for the one, a bad path a second for the other.',
  ],
  answering: [
    2_000,
    'An offer answered crosses the server twice: whoever asks to be dialed this long after it never got it.',
  ],
  awaitingOffer: [8_000, 'How long the answering side waits to be dialed before it nudges.'],
  proven: [60_000, 'A link this old has proven itself: its attempts start at zero again.'],
  backoffBase: [1_000, 'Full jitter U(0, min(max, base · 2ⁿ)) (AWS, "Exponential backoff and jitter").'],
  backoffMax: [30_000, 'No device waits longer than this for the next attempt.'],
  relayHold: [
    1_000,
    'Others’ entries are held this long before we pass them on: their author usually sends them itself.',
  ],
  stallCheck: [10_000, 'No chunk for this long is worth a look.'],
  stalledLimit: [20_000, 'After this much more the message is given up: 30 s without a chunk at least, 40 s at most.'],
  socketDial: [10_000, 'WebSocket dial and the server’s hello.'],
  socketJoin: [5_000, 'The server allows five seconds for a join.'],
  socketStale: [
    60_000,
    'The server drops whoever misses two of its pings (25 s each): after a longer sleep our socket is dead, unsaid.',
  ],
  serverHoldMax: [300_000, 'A server may ask to be left alone, but not for longer than a restart takes.'],
  strangers: [60_000, 'A server may invent devices: those never linked are counted anew after this long.'],
  storageRetry: [
    5_000,
    'Our own disk refused: look again whether there is space. Doubled from time to time, for the peer repeats itself.',
  ],
  storageRetryMax: [60_000, 'Space may be made at any time, and a look costs one message.'],
  ban: [
    600_000,
    'A device that offends for as long as it may has a second or two in ten minutes; one whose app was mended is heard the same morning.',
  ],
  heed: [
    10_000,
    'A device may cut our pause short once in this long, by a signal and by its coming: honest ones need longer for an attempt that fails.',
  ],
} as const

type Table = typeof TABLE

/** Every duration of the charts, in ms; why so long stands in `TIMING_REASONS`. */
export const TIMINGS = Object.fromEntries(Object.entries(TABLE).map(([name, [ms]]) => [name, ms])) as {
  readonly [Name in keyof Table]: Table[Name][0]
}

/** Why each duration is as long as it is. */
export const TIMING_REASONS = Object.fromEntries(Object.entries(TABLE).map(([name, [, reason]]) => [name, reason])) as {
  readonly [Name in keyof Table]: Table[Name][1]
}

const PAUSE = `Drawn by lot below ${TIMINGS.backoffBase / 1_000} s, twice that after each failure, up to ${TIMINGS.backoffMax / 1_000} s: a crowd must not return as one.`

/** The same by the names of the charts’ delays, as `describeMachine` takes them; those computed are not in the table. */
export const DELAY_REASONS: Readonly<Record<string, { readonly reason: string }>> = {
  ...Object.fromEntries(Object.entries(TIMING_REASONS).map(([name, reason]) => [name, { reason }])),
  backoff: { reason: PAUSE },
  mending: { reason: PAUSE },
}

/** Attempts at a link, and at the server, before the chart rests in `gaveUp`: about four minutes. */
export const MAX_ATTEMPTS = { link: 12, signaling: 20 } as const
