import { type FaultCode, toFieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import { VectorClock } from '#model/vector-clock'
import type { Journal } from './journal.ts'

/** What is kept of one other device. */
export interface PeerPage {
  /** Durable there, as it announced. */
  vector: VectorClock
  /** ms since 1970; 0 for never. */
  lastSeen: number
}

const PREFIX = 'peer:'
/** Where a device's page lies among the journal's meta values. */
export const pageKey = (peerId: string): string => `${PREFIX}${peerId}`

/** A page as it is stored. */
export const writePage = ({ vector, lastSeen }: PeerPage): unknown => ({ vector: vector.toJSON(), lastSeen })

const isTime = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const readPage = (key: string, value: unknown): PeerPage | undefined => {
  const length = key.length - PREFIX.length
  if (length < 1 || length > LIMITS.idLength || typeof value !== 'object' || value === null) return undefined
  if (!('vector' in value) || !('lastSeen' in value) || !isTime(value.lastSeen)) return undefined
  try {
    const vector = VectorClock.fromJSON(value.vector)
    return vector.size > LIMITS.vectorAuthors ? undefined : { vector, lastSeen: value.lastSeen }
  } catch {
    return undefined
  }
}

/**
 * All stored pages, those heard of longest ago first. What is not a page is left out and told: forgetting what a
 * device has only means sending it again.
 */
export const loadPages = async (
  journal: Journal,
  onFault: (fault: FaultCode) => void,
): Promise<Map<string, PeerPage>> => {
  const pages: [string, PeerPage][] = []
  const found = await journal.entriesMeta(PREFIX).catch((error: unknown) => {
    onFault(toFieldmeshError(error, 'storage-failed').code)
    return []
  })
  for (const [key, value] of found) {
    const page = readPage(key, value)
    if (page) pages.push([key.slice(PREFIX.length), page])
    else onFault('storage-corrupt')
  }
  return new Map(pages.sort(([, a], [, b]) => a.lastSeen - b.lastSeen))
}
