import { LIMITS } from '#model/limits'

/** To whom the latest signals went, so that a refusal by id can be told by device; bounded. */
export interface SentSignals {
  note(id: number, peerId: string): void
  /** Whom the signal was for; once. */
  take(id: number): string | undefined
}

export const createSentSignals = (): SentSignals => {
  const peers = new Map<number, string>()
  return {
    note(id, peerId) {
      peers.set(id, peerId)
      for (const oldest of peers.keys()) if (peers.size > LIMITS.signalsPaced) peers.delete(oldest)
    },
    take(id) {
      const peerId = peers.get(id)
      peers.delete(id)
      return peerId
    },
  }
}
