import type { SimCrypto } from '#sim/crypto'
import { createSimulatedLocks, type SimulatedLocks } from '#sim/locks'
import type { Network } from '#sim/network'
import { createSimulatedDisk, type SimulatedDisk } from '#sim/storage'
import type { DeviceState } from './types.ts'

/** When the world begins, by a clock that is right. */
export const WORLD_BEGINS = Date.UTC(2026, 0, 1)

/** A tab as its machine knows it. */
export interface MachineTab {
  readonly state: DeviceState
  readonly fallAsleep: () => void
  readonly wakeUp: () => void
}

/** What all tabs of one device share. */
export interface Machine {
  /** Its place in the network. */
  readonly place: string
  readonly disk: SimulatedDisk
  /** Apart from the disk: a backup of the one holds none of the other. */
  readonly keys: ReturnType<SimCrypto['keysFor']>
  readonly locks: SimulatedLocks
  /** ms since 1970, by its own clock. */
  readonly wallNow: () => number
  setClock(aheadMs: number): void
  readonly tabs: MachineTab[]
  sleep(): void
  /** Also for one whose power fails while it sleeps. */
  wake(): void
}

export const createMachine = (place: string, network: Network, crypto: SimCrypto): Machine => {
  const { timeline, trace, random } = network
  const tabs: MachineTab[] = []
  let aheadMs = 0
  return {
    place,
    disk: createSimulatedDisk(place, timeline, random.fork(`disk ${place}`), trace),
    keys: crypto.keysFor(random.fork(`keys ${place}`).bytes),
    locks: createSimulatedLocks(timeline),
    wallNow: () => WORLD_BEGINS + timeline.now() + aheadMs,
    setClock: (ms) => {
      aheadMs = ms
    },
    tabs,
    sleep: () => {
      for (const tab of tabs) tab.fallAsleep()
      if (tabs.some(({ state }) => state === 'asleep')) network.setAttached(place, false)
    },
    wake: () => {
      const sleepers = tabs.filter(({ state }) => state === 'asleep')
      if (sleepers.length === 0) return
      network.setAttached(place, true)
      for (const tab of sleepers) tab.wakeUp()
    },
  }
}
