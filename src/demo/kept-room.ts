import { type Address, readAddress } from './address.ts'

/** What is used of `Storage`; its methods throw where the browser forbids it. */
export type Keeper = Pick<Storage, 'getItem' | 'setItem'>

/** Where invitations are kept. */
export interface Keepers {
  /** For the reload of this tab: two tabs may have two rooms open. */
  readonly tab: () => Keeper
  /** For the day a device opens the bare address. */
  readonly browser: () => Keeper
}

export const KEEPERS: Keepers = { tab: () => sessionStorage, browser: () => localStorage }

const LAST = 'field-book.room'
const keyOf = (device: string) => `${LAST}/${device}`

/**
 * Keeps the invitation to the room that a device has open. True where the tab holds it; where it does not, the address
 * alone holds the room.
 */
export const keepRoom = ({ tab, browser }: Keepers, device: string, invitation: string): boolean => {
  for (const key of [keyOf(device), LAST]) write(browser, key, invitation)
  write(tab, keyOf(device), invitation)
  return read(tab, keyOf(device)) === invitation
}

/** Room and signaling server last open in this tab, or else on the device, or else on any device of this origin. */
export const keptRoom = ({ tab, browser }: Keepers, device: string): Pick<Address, 'secret' | 'signaling'> => {
  const kept = read(tab, keyOf(device)) ?? read(browser, keyOf(device)) ?? read(browser, LAST)
  return kept !== null && URL.canParse(kept) ? readAddress(kept) : {}
}

const read = (keeper: () => Keeper, key: string): string | null => {
  try {
    return keeper().getItem(key)
  } catch {
    return null
  }
}

const write = (keeper: () => Keeper, key: string, invitation: string): void => {
  try {
    keeper().setItem(key, invitation)
  } catch {
    // Private windows and full storages refuse.
  }
}
