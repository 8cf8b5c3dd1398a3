import type { Surroundings } from '../../src/demo/surroundings.ts'
import { kept } from './kept.ts'

/**
 * The page of one device on a stage: its own open screen, an address that leads nowhere, the server of the world.
 *
 * @param screen the one that is open at first
 */
export const deviceSurroundings = (screen: string): Omit<Surroundings, 'now'> => {
  const tab = kept(screen)
  const signaling = kept<string | null>('ws://server/')
  return {
    href: () => 'https://field-book.example/',
    tab: { ...tab, open: tab.set },
    signaling: { ...signaling, choose: (url) => signaling.set(url) },
  }
}
