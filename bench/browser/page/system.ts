/** Where a system finds the other device. */
export interface SystemOptions {
  /** Our signaling server, and for y-webrtc one that speaks its protocol. */
  readonly signaling: string
  readonly yjsSignaling: string
  /** Fresh for every round. */
  readonly room: string
  readonly self: string
}

/** When the first record and when all of them could be read, ms since 1970. */
export interface Arrival {
  readonly first: number
  readonly all: number
}

/** One way to keep meter readings the same on two devices. */
export interface System {
  /** Writes so many readings here; what it resolves to the other device needs in `meet`. */
  seed(count: number): Promise<string>
  /** Is told what the other device's `seed` gave. */
  meet(address: string): void
  /** Begins to look for the other device. */
  online(): Promise<void>
  /** Looks for nobody any more; links that are up stay. */
  offline(): Promise<void>
  /** Resolves when so many readings can be read here; where the system stores, from the disk too. */
  holds(count: number): Promise<Arrival>
  /** Readings that can be read here now. */
  count(): number
  /** Changes one field of a reading here. */
  edit(id: string, kwh: number): Promise<void>
  /** Resolves when the edit of a reading can be read here. */
  reads(id: string, kwh: number): Promise<void>
}

/** A condition that is looked at whenever something changed. */
export interface Watch {
  until(holds: () => boolean): Promise<void>
  changed(): void
}

export const createWatch = (): Watch => {
  const waiting = new Set<() => void>()
  return {
    until: (holds) =>
      new Promise((resolve) => {
        const look = () => {
          if (!holds()) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    changed: () => {
      for (const look of waiting) look()
    },
  }
}
