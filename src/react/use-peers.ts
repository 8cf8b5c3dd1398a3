import type { PeerStatus } from '#engine/types'
import { sameItems } from './same-items.ts'
import { useEngineSelector } from './use-engine-selector.ts'
import { useSyncEngine } from './use-sync-engine.ts'

/**
 * The other devices, in reach or not.
 *
 * @example
 * const connected = usePeers().filter((peer) => peer.state === 'connected').length
 */
export const usePeers = (): readonly PeerStatus[] =>
  useEngineSelector(useSyncEngine(), (engine) => engine.store.getStatus().peers, sameItems)
