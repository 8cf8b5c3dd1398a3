import { LIMITS } from '#model/limits'

/** A device that proved its key on a link in this run of the engine. */
export interface Acquaintance {
  /** Public key, 32 bytes. */
  readonly key: Uint8Array
  /** True while it has the room's secret and does not belong to the room. */
  readonly isAsking: boolean
}

/** Devices by what they proved, the last met last. */
export interface Acquaintances {
  /** Grows with every change. */
  readonly version: number
  note(peerId: string, acquaintance: Acquaintance): void
  of(peerId: string): Acquaintance | undefined
  all(): Iterable<readonly [peerId: string, acquaintance: Acquaintance]>
  /** The device asked to belong to the room, and does now. */
  admit(peerId: string): void
}

/** Nobody yet. Beyond `ledgerPeers` those met longest ago are forgotten. */
export const createAcquaintances = (): Acquaintances => {
  const met = new Map<string, Acquaintance>()
  let version = 0
  return {
    get version() {
      return version
    },
    note: (peerId, acquaintance) => {
      version += 1
      met.delete(peerId)
      met.set(peerId, acquaintance)
      const [oldest] = met.keys()
      if (met.size > LIMITS.ledgerPeers && oldest !== undefined) met.delete(oldest)
    },
    of: (peerId) => met.get(peerId),
    all: () => met,
    admit: (peerId) => {
      const known = met.get(peerId)
      version += 1
      if (known) met.set(peerId, { ...known, isAsking: false })
    },
  }
}
