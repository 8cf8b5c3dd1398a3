/** Every duration of the charts, in ms, with its reason. */
export const TIMINGS = {
  /** Heartbeat: alive is known within it; costs 60 bytes. */
  beat: 2_000,
  /** ICE often heals by itself within three seconds of a moved antenna. */
  disconnectedGrace: 3_000,
  /** An ICE restart that has not worked by now will not. */
  iceRestart: 8_000,
  /** A silent link that nothing could replace is kept; Chromium gives up a path by itself 16 to 18 s after its last packet. */
  silentHold: 20_000,
  /** Dial to open: 30 ms on a LAN, some seconds through TURN over TCP. */
  connecting: 15_000,
  /** Both hellos cross in one round trip. */
  greeting: 5_000,
  /** An offer answered crosses the server twice: whoever asks to be dialed this long after it never got it. */
  answering: 2_000,
  /** How long the answering side waits to be dialed before it nudges. */
  awaitingOffer: 8_000,
  /** A link this old has proven itself: its attempts start at zero again. */
  proven: 60_000,
  /** Full jitter U(0, min(max, base · 2ⁿ)) (AWS, "Exponential backoff and jitter"). */
  backoffBase: 1_000,
  backoffMax: 30_000,
  /** Others' entries are held this long before we pass them on: their author usually sends them itself. */
  relayHold: 1_000,
  /** No chunk for this long is worth a look … */
  stallCheck: 10_000,
  /** … and after this much more the message is given up: 30 s without a chunk at least, 40 s at most. */
  stalledLimit: 20_000,
  /** WebSocket dial and the server's hello. */
  socketDial: 10_000,
  /** The server allows five seconds for a join. */
  socketJoin: 5_000,
  /** The server drops whoever misses two of its pings (25 s each): after a longer sleep our socket is dead, unsaid. */
  socketStale: 60_000,
  /** A server may ask to be left alone, but not for longer than a restart takes. */
  serverHoldMax: 300_000,
  /** A server may invent devices: those never linked are counted anew after this long. */
  strangers: 60_000,
  /** Our own disk refused: look again whether there is space. Doubled from time to time, for the peer repeats itself. */
  storageRetry: 5_000,
  storageRetryMax: 60_000,
  /** A device may cut our pause short once in this long, by a signal and by its coming: honest ones need longer for an attempt that fails. */
  heed: 10_000,
} as const

/** Attempts at a link, and at the server, before the chart rests in `gaveUp`: about four minutes. */
export const MAX_ATTEMPTS = { link: 12, signaling: 20 } as const
