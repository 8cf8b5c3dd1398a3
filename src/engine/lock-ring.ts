import { fromBase64url } from '#model/base64url'
import { type FaultCode, toFieldmeshError } from '#model/fault'
import { isPeerId } from '#model/identity'
import { LIMITS } from '#model/limits'
import { compareText } from '#model/write-order'
import type { Journal } from '#store/journal'
import { createSerialQueue } from '#store/serial-queue'
import type { CryptoSuite, DeviceKey, MacKey } from '#trust/crypto.types'
import { FIRST_LOCK_ID, isLockSigned, type Lock, lockIdOf, makeLock, openLock, type SignedLock } from '#trust/locks'
import type { RoomKeys } from '#trust/room-keys'

/** A lock that this device has the key of. */
interface OpenLock {
  /** Undefined for the first: the room's own secret. */
  readonly lock: KeptLock | undefined
  readonly id: string
  readonly mac: MacKey
}

/** A lock as it is kept: with the devices that were known when it came, for whom older locks go on opening. */
type KeptLock = (Lock | SignedLock) & { readonly known?: readonly string[] }

/** What two devices have in common. */
export interface CommonLock {
  readonly mac: MacKey
  /**
   * Whether it opens for a device: the newest does for everybody, being invited, or told, since the last rotation; an
   * older one for those who were known when the next one came.
   */
  readonly opensFor: (peerId: string) => boolean
}

export interface LockRing {
  /** The newest, to stand in invitations; undefined before any rotation. */
  readonly newest: Lock | undefined
  /** The newest, to be handed on; undefined where it came by an invitation, which nobody signed. */
  readonly handed: SignedLock | undefined
  /** For a hello: the newest first, the room's own last; undefined before any rotation. */
  ids(): readonly string[] | undefined
  /**
   * The newest lock that both hellos name; undefined where there is none.
   *
   * @param ours as our hello says: what came since does not count, for the other side cannot know of it
   */
  commonWith(theirs: readonly string[] | undefined, ours: readonly string[] | undefined): CommonLock | undefined
  /** True where the other lacks the newest. */
  isNews(ids: readonly string[] | undefined): boolean
  /** A new lock, put in by this device. Resolves when durable. */
  rotate(): Promise<void>
  /**
   * Takes a lock that another device handed over. Resolves when durable; false for one that is known, or not put in by
   * whom it names.
   */
  take(lock: SignedLock): Promise<boolean>
  subscribe(listener: () => void): () => void
}

export interface LockRingOptions {
  readonly journal: Journal
  readonly suite: CryptoSuite
  readonly room: RoomKeys
  readonly device: DeviceKey
  /** That of the invitation which this device was given, if any. */
  readonly given: Lock | undefined
  /** Devices of which something is known now, in rooms that have no other list. */
  readonly known: () => readonly string[]
  readonly onFault: (fault: FaultCode) => void
}

const META = 'locks'
/** Rotations that are remembered: who missed more of them needs a new invitation. */
const MOST_LOCKS = 32
/** Named in a hello, beside the room's own. */
const MOST_NAMED = 3
/** A lock is at most so many rotations ahead of ours: nobody can use up the numbers. */
const MOST_AHEAD = 32
const MOST_EPOCH = 2 ** 31
/** Devices known at a rotation. */
const MOST_KNOWN = LIMITS.ledgerPeers

const isKeyText = (text: unknown): text is string => typeof text === 'string' && fromBase64url(text)?.length === 32
const isLock = (value: unknown): value is KeptLock => {
  if (typeof value !== 'object' || value === null || !('epoch' in value) || !('secret' in value)) return false
  const { epoch } = value
  if ('known' in value && !(Array.isArray(value.known) && value.known.every((id) => isPeerId(id)))) return false
  return (
    Number.isSafeInteger(epoch) && (epoch as number) > 0 && (epoch as number) <= MOST_EPOCH && isKeyText(value.secret)
  )
}

const isSigned = (lock: KeptLock): lock is SignedLock & KeptLock => 'sig' in lock && 'by' in lock

/** Newest first; of two that were put in at the same time, the same one everywhere. */
const byAge = (a: Lock, b: Lock): number => b.epoch - a.epoch || compareText(b.secret, a.secret)

class Ring implements LockRing {
  readonly #options: LockRingOptions
  readonly #listeners = new Set<() => void>()
  readonly #first: OpenLock
  readonly #queue = createSerialQueue()
  #locks: readonly OpenLock[] = []

  constructor(options: LockRingOptions) {
    this.#options = options
    this.#first = { lock: undefined, id: FIRST_LOCK_ID, mac: options.room.mac }
  }

  async load(): Promise<void> {
    const { journal, given } = this.#options
    const stored = await journal.getMeta(META)
    const kept: unknown[] = Array.isArray(stored) ? stored : []
    const locks = kept.filter((one) => isLock(one))
    if (kept.length > locks.length) this.#options.onFault('storage-corrupt')
    const isNew = given !== undefined && isLock(given) && !locks.some((lock) => lock.secret === given.secret)
    await this.#open(isNew ? [...locks, given] : locks)
    if (isNew) await this.#keep()
  }

  async #open(locks: readonly KeptLock[]): Promise<void> {
    const { suite, room } = this.#options
    const newest = locks.toSorted(byAge).slice(0, MOST_LOCKS)
    const open = newest.map(async (lock) => ({
      lock,
      id: lockIdOf(room.id, lock),
      mac: await openLock(suite, room.id, lock),
    }))
    this.#locks = await Promise.all(open)
  }

  #keep(): Promise<void> {
    return this.#options.journal.setMeta(
      META,
      this.#locks.map(({ lock }) => lock),
    )
  }

  async #add(lock: SignedLock): Promise<void> {
    const before = this.#locks
    const known = this.#options.known().slice(0, MOST_KNOWN)
    await this.#open([...before.flatMap(({ lock: kept }) => (kept ? [kept] : [])), { ...lock, known }])
    try {
      await this.#keep()
    } catch (error) {
      this.#locks = before
      throw toFieldmeshError(error, 'storage-failed')
    }
    for (const listener of Array.from(this.#listeners)) listener()
  }

  get newest(): Lock | undefined {
    const lock = this.#locks[0]?.lock
    return lock && { epoch: lock.epoch, secret: lock.secret }
  }

  get handed(): SignedLock | undefined {
    const lock = this.#locks[0]?.lock
    if (!lock || !isSigned(lock)) return undefined
    const { epoch, secret, by, sig } = lock
    return { epoch, secret, by, sig }
  }

  ids(): readonly string[] | undefined {
    if (this.#locks.length === 0) return undefined
    return [...this.#locks.slice(0, MOST_NAMED).map(({ id }) => id), FIRST_LOCK_ID]
  }

  commonWith(
    theirs: readonly string[] = [FIRST_LOCK_ID],
    ours: readonly string[] = [FIRST_LOCK_ID],
  ): CommonLock | undefined {
    const all = [...this.#locks, this.#first]
    const place = all.findIndex(({ id }) => theirs.includes(id) && ours.includes(id))
    const common = all[place]
    if (!common) return undefined
    const next = all[place - 1]?.lock
    return { mac: common.mac, opensFor: (peerId) => place === 0 || next?.known?.includes(peerId) === true }
  }

  isNews(ids: readonly string[] = [FIRST_LOCK_ID]): boolean {
    const [newest] = this.#locks
    return newest !== undefined && !ids.includes(newest.id)
  }

  rotate(): Promise<void> {
    const { suite, room, device } = this.#options
    return this.#queue.run(async () => {
      await this.#add(await makeLock(suite, device, { room: room.id, after: this.newest?.epoch ?? 0 }))
    })
  }

  take(lock: SignedLock): Promise<boolean> {
    return this.#queue.run(() => this.#take(lock))
  }

  async #take(lock: SignedLock): Promise<boolean> {
    const { suite, room } = this.#options
    if (!isLock(lock) || lock.epoch > (this.newest?.epoch ?? 0) + MOST_AHEAD) return false
    if (this.#locks.some(({ id }) => id === lockIdOf(room.id, lock))) return false
    if (!(await isLockSigned(suite, room.id, lock))) return false
    await this.#add(lock)
    return true
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}

/** The locks that a device has the keys of, kept among the journal's meta values. */
export const openLockRing = async (options: LockRingOptions): Promise<LockRing> => {
  const ring = new Ring(options)
  await ring.load()
  return ring
}
