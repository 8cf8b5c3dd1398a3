import { type Address, readAddress } from './address.ts'

/** What is used of `localStorage`; its methods throw where the browser forbids it. */
export type Keeper = Pick<Storage, 'getItem' | 'setItem'>

const LAST = 'field-book.room'
const keyOf = (device: string) => `${LAST}/${device}`

/**
 * Keeps the invitation to the room that a device has open, for the day it opens the bare address.
 * Where nothing can be kept, the address alone holds the room.
 */
export const keepRoom = (keeper: () => Keeper, device: string, invitation: string): void => {
  try {
    for (const key of [keyOf(device), LAST]) keeper().setItem(key, invitation)
  } catch {
    // Private windows and full storages refuse.
  }
}

/** Room and signaling server last open on a device, or else on any device of this origin. */
export const keptRoom = (keeper: () => Keeper, device: string): Pick<Address, 'secret' | 'signaling'> => {
  const kept = read(keeper, keyOf(device)) ?? read(keeper, LAST)
  return kept !== null && URL.canParse(kept) ? readAddress(kept) : {}
}

const read = (keeper: () => Keeper, key: string): string | null => {
  try {
    return keeper().getItem(key)
  } catch {
    return null
  }
}
