import { LIMITS } from '#model/limits'

/**
 * Who sends boxes that are none, or that open and hold no signal. The server cannot look into them, so they are no
 * fault of its connection: after a few of them their sender is not listened to, until it joins anew.
 */
export interface Nonsense {
  readonly isDeafTo: (from: string) => boolean
  readonly heard: (from: string) => void
  /** The device came anew: it may have been mended. */
  readonly forgive: (peer: string) => void
}

/** Of as many senders as a room may have; beyond, the one whose nonsense came first is forgotten. */
export const createNonsense = (): Nonsense => {
  const counts = new Map<string, number>()
  return {
    isDeafTo: (from) => (counts.get(from) ?? 0) >= LIMITS.malformedPerSocket,
    heard: (from) => {
      counts.set(from, (counts.get(from) ?? 0) + 1)
      const [first] = counts.keys()
      if (counts.size > LIMITS.signalingRoster && first !== undefined) counts.delete(first)
    },
    forgive: (peer) => void counts.delete(peer),
  }
}
