import { readAddress, withoutRoom, withRoom } from './address.ts'

/**
 * An icon on the home screen of an iPad or iPhone is a copy of the address, with storage of its own: there the address
 * must hold the room, or the icon would open another field book. The property is in those browsers only.
 */
const isAddressCopied = (): boolean => 'standalone' in navigator

/**
 * Keeps the secret of the open room out of the address bar, and so out of what browsers make of addresses: history and
 * its copies in other places, suggestions, screenshots. Where the tab cannot hold the room (`isKept`), the address does.
 * An invitation to another room, typed or pasted over the address, opens that one.
 */
export const keepAddress = (secret: string, isKept: boolean): void => {
  const isHidden = isKept && !isAddressCopied()
  const settle = () => {
    const settled = isHidden ? withoutRoom(location.href) : withRoom(location.href, secret)
    if (settled !== location.href) history.replaceState(history.state, '', settled)
  }
  addEventListener('hashchange', () => {
    const { secret: wanted, damaged } = readAddress(location.href)
    if (damaged || (wanted && wanted !== secret)) location.reload()
    else settle()
  })
  settle()
}
