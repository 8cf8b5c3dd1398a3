import { makePeerId } from '#model/identity'
import type { IdentityKeys } from './identity.ts'

/** The keys of one store in memory, each named by its number; they outlive the journals that tests open. */
export interface MemoryKeys extends IdentityKeys<number> {
  /** The number of the key that is kept now; undefined for none. */
  kept: number | undefined
  /** How many were made. */
  readonly made: number
}

/** The id of the key with this number. */
export const idOfKey = (number: number): string => makePeerId(new Uint8Array(16).fill(number))

export const createMemoryKeys = (): MemoryKeys => {
  const heldBy = (number: number) => ({ key: number, peerId: idOfKey(number) })
  let made = 0
  const keys: MemoryKeys = {
    kept: undefined,
    get made() {
      return made
    },
    find: async () => (keys.kept === undefined ? undefined : heldBy(keys.kept)),
    create: async () => {
      made += 1
      keys.kept = made
      return heldBy(made)
    },
  }
  return keys
}
