/** How far a number may be behind the largest one heard: two minutes at the rate that servers allow, and to spare. */
export const REPLAY_WINDOW = 1_024

/** Which numbers of one session were heard already (as in RFC 4303 §3.4.3): bounded, whatever is heard. */
export interface ReplayWindow {
  /** True for a number that was not heard, and is not so old that nobody could tell. */
  readonly isFresh: (seq: number) => boolean
  /** Notes a number that is fresh. */
  readonly note: (seq: number) => void
}

export const createReplayWindow = (): ReplayWindow => {
  const heard = new Uint8Array(REPLAY_WINDOW)
  let largest = -1
  const isFresh = (seq: number) => {
    if (seq > largest) return true
    return seq > largest - REPLAY_WINDOW && heard[seq % REPLAY_WINDOW] === 0
  }
  return {
    isFresh,
    note(seq) {
      // What was heard a whole window ago makes room for what lies between then and now.
      const from = Math.max(largest + 1, seq - REPLAY_WINDOW + 1)
      for (let between = from; between < seq; between++) heard[between % REPLAY_WINDOW] = 0
      heard[seq % REPLAY_WINDOW] = 1
      largest = Math.max(largest, seq)
    },
  }
}
