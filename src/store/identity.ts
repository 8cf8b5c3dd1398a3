import { type FaultCode, toFieldmeshError } from '#model/fault'
import { isPeerId, makePeerId } from '#model/identity'
import type { Journal } from './journal.ts'

/** Who this device is in this store, and which of its runs this is. */
export interface Identity {
  readonly peerId: string
  /** ms since 1970, larger at every opening, whatever the clock does. */
  readonly epoch: number
  /** Who this device was here before its log could not be continued, newest first. Its entries are still ours to send. */
  readonly former: readonly string[]
}

interface StoredIdentity extends Identity {
  /** Position in the journal from which its own entries may lie. */
  readonly since: number
  /** Its log can't be continued without forking it. */
  readonly retired: boolean
}

const KEY = 'identity'
/** A device whose storage breaks more often than this has other worries. */
const MOST_FORMER = 16

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const read = async (journal: Journal): Promise<StoredIdentity | undefined> => {
  const stored = await journal.getMeta(KEY)
  if (typeof stored !== 'object' || stored === null) return undefined
  const { peerId, epoch, since, retired, former } = stored as Partial<Record<keyof StoredIdentity, unknown>>
  if (!isPeerId(peerId) || !isCount(epoch) || !isCount(since)) return undefined
  const ids = Array.isArray(former) ? former.filter((id) => isPeerId(id)) : []
  return { peerId, epoch, since, retired: retired === true, former: ids }
}

/**
 * The identity kept in the journal, or a new one: for an empty store, so that wiped storage is another device, and
 * after `retireIdentity`. Each call starts a new epoch. A new identity is durable before it is returned; the epoch of
 * an old one may not be where the disk is full, for such a device must still open, to show and send what it has.
 *
 * @param randomBytes as many as asked for, from a cryptographic source
 * @param now ms since 1970
 * @param onFault told why the epoch could not be written
 */
export const loadIdentity = async (
  journal: Journal,
  randomBytes: (count: number) => Uint8Array,
  now: () => number,
  onFault: (fault: FaultCode) => void = () => {},
): Promise<Identity> => {
  const last = await read(journal)
  const epoch = Math.max(now(), (last?.epoch ?? 0) + 1)
  const fresh = last === undefined || last.retired
  const peerId = fresh ? makePeerId(randomBytes(16)) : last.peerId
  const since = fresh ? await journal.length() : last.since
  const former = last?.retired ? [last.peerId, ...last.former].slice(0, MOST_FORMER) : (last?.former ?? [])
  const written = journal.setMeta(KEY, { peerId, epoch, since, retired: false, former } satisfies StoredIdentity)
  await (fresh ? written : written.catch((error: unknown) => onFault(toFieldmeshError(error, 'storage-failed').code)))
  return { peerId, epoch, former }
}

/** Where own entries begin in the journal: 0 for an identity that did not come from it. */
export const ownSince = async (journal: Journal, peerId: string): Promise<number> => {
  const stored = await read(journal)
  return stored?.peerId === peerId ? stored.since : 0
}

/**
 * The next opening gets a new identity. Needed once own entries may be lost (damage, a restored backup): numbers
 * that other devices know already would be given to other entries.
 */
export const retireIdentity = async (journal: Journal, peerId: string): Promise<void> => {
  const stored = await read(journal)
  if (stored?.peerId === peerId) await journal.setMeta(KEY, { ...stored, retired: true } satisfies StoredIdentity)
}
