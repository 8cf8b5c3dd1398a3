import type { Explanation } from '#engine/types'
import { sameItems } from './same-items.ts'
import { useEngineSelector } from './use-engine-selector.ts'
import { useSyncEngine } from './use-sync-engine.ts'

/**
 * Cause and next step of everything, or of one device.
 *
 * @example
 * const trouble = useExplanations().filter((it) => !it.healthy)
 * return trouble.map((it) => <p key={it.subject}>{it.cause} {it.nextStep}</p>)
 */
export const useExplanations = (peerId?: string): readonly Explanation[] =>
  useEngineSelector(useSyncEngine(), (engine) => engine.explain(peerId), sameItems)
