import { type FaultCode, toFieldmeshError } from '#model/fault'
import { isPeerId } from '#model/identity'
import type { Journal } from './journal.ts'

/** Who this device is in this store, and which of its runs this is. */
export interface Identity {
  readonly peerId: string
  /** ms since 1970, larger at every opening, whatever the clock does. */
  readonly epoch: number
  /** Who this device was here before its log could not be continued, newest first. Its entries are still ours to send. */
  readonly former: readonly string[]
}

/** A key, and the id that follows from it. */
export interface KeyWithId<Key> {
  readonly key: Key
  readonly peerId: string
}

/** Where the key of this store lies; a store never sees what it is. */
export interface IdentityKeys<Key> {
  /** undefined where there is none (any more); rejects where that cannot be told now. */
  readonly find: () => Promise<KeyWithId<Key> | undefined>
  /** A new one in the place of any other, kept before it is given. */
  readonly create: () => Promise<KeyWithId<Key>>
}

export interface IdentityOptions<Key> {
  readonly journal: Journal
  readonly keys: IdentityKeys<Key>
  /** ms since 1970. */
  readonly now: () => number
  /** Told why the epoch could not be written. */
  readonly onFault?: (fault: FaultCode) => void
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

const formerOf = (last: StoredIdentity | undefined): readonly string[] =>
  last ? [last.peerId, ...last.former].slice(0, MOST_FORMER) : []

/** Who the device was, if it still is: its log can be continued, and it has the key that its id follows from. */
const continued = async <Key>(
  last: StoredIdentity | undefined,
  keys: IdentityKeys<Key>,
): Promise<(KeyWithId<Key> & Pick<StoredIdentity, 'since' | 'former'>) | undefined> => {
  if (!last || last.retired) return undefined
  const held = await keys.find()
  return held?.peerId === last.peerId ? { ...held, since: last.since, former: last.former } : undefined
}

/**
 * The identity kept in the journal, or a new one with a new key: for an empty store, so that wiped storage is another
 * device; after `retireIdentity`; and where the key is gone, is another one, or never was, as in stores from before
 * there were keys. Then the old id is a former one, and its entries are still sent.
 *
 * A key that is found where no identity names it is never used: it may have signed under an identity that was lost, and
 * numbers would be used twice. So the key is kept first and the identity written second; a crash in between leaves a key
 * that the next opening replaces.
 *
 * Each call starts a new epoch. A new identity is durable before it is returned; the epoch of an old one may not be
 * where the disk is full, for such a device must still open, to show and send what it has.
 */
export const loadIdentity = async <Key>(options: IdentityOptions<Key>): Promise<Identity & { readonly key: Key }> => {
  const { journal, keys, now, onFault = () => {} } = options
  const last = await read(journal)
  const epoch = Math.max(now(), (last?.epoch ?? 0) + 1)
  const same = await continued(last, keys)
  const write = ({ peerId, since, former }: Omit<StoredIdentity, 'epoch' | 'retired'>) =>
    journal.setMeta(KEY, { peerId, epoch, since, retired: false, former } satisfies StoredIdentity)
  if (same) {
    await write(same).catch((error: unknown) => onFault(toFieldmeshError(error, 'storage-failed').code))
    return { peerId: same.peerId, epoch, former: same.former, key: same.key }
  }
  const { key, peerId } = await keys.create()
  const former = formerOf(last)
  await write({ peerId, since: await journal.length(), former })
  return { peerId, epoch, former, key }
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
