import { fromBase64url } from '#model/base64url'
import { type FaultCode, FieldmeshError, toFieldmeshError } from '#model/fault'
import { compareText } from '#model/write-order'
import type { Journal } from '#store/journal'
import type { CryptoSuite, DeviceKey, MacKey } from '#trust/crypto.types'
import { FIRST_LOCK_ID, isLockSigned, type Lock, lockIdOf, makeLock, openLock, type SignedLock } from '#trust/locks'
import type { RoomKeys } from '#trust/room-keys'

/** A lock that this device has the key of. */
interface OpenLock {
  /** Undefined for the first: the room's own secret. */
  readonly lock: Lock | SignedLock | undefined
  readonly id: string
  readonly mac: MacKey
}

/** What two devices have in common. */
export interface CommonLock {
  readonly mac: MacKey
  /** True for the newest that this device knows: whoever has it was invited, or told, since the last rotation. */
  readonly isNewest: boolean
}

export interface LockRing {
  /** The newest, to stand in invitations; undefined before any rotation. */
  readonly newest: Lock | undefined
  /** The newest, to be handed on; undefined where it came by an invitation, which nobody signed. */
  readonly handed: SignedLock | undefined
  /** For a hello: the newest first, the room's own last; undefined before any rotation. */
  ids(): readonly string[] | undefined
  /** The newest lock of both; undefined where there is none. */
  commonWith(ids: readonly string[] | undefined): CommonLock | undefined
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
  readonly onFault: (fault: FaultCode) => void
}

const META = 'locks'
/** Rotations that are remembered: who missed more of them needs a new invitation. */
const MOST_LOCKS = 32
/** Named in a hello, beside the room's own. */
const MOST_NAMED = 3
/** More rotations than a room sees in a century of working days. */
const MOST_EPOCHS = 100_000

const isKeyText = (text: unknown): text is string => typeof text === 'string' && fromBase64url(text)?.length === 32
const isLock = (value: unknown): value is Lock | SignedLock => {
  if (typeof value !== 'object' || value === null || !('epoch' in value) || !('secret' in value)) return false
  const { epoch } = value
  return (
    Number.isSafeInteger(epoch) && (epoch as number) > 0 && (epoch as number) <= MOST_EPOCHS && isKeyText(value.secret)
  )
}

const isSigned = (lock: Lock | SignedLock): lock is SignedLock => 'sig' in lock && 'by' in lock

/** Newest first; of two that were put in at the same time, the same one everywhere. */
const byAge = (a: Lock, b: Lock): number => b.epoch - a.epoch || compareText(b.secret, a.secret)

class Ring implements LockRing {
  readonly #options: LockRingOptions
  readonly #listeners = new Set<() => void>()
  readonly #first: OpenLock
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

  async #open(locks: readonly (Lock | SignedLock)[]): Promise<void> {
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
    await this.#open([...before.flatMap(({ lock: known }) => (known ? [known] : [])), lock])
    try {
      await this.#keep()
    } catch (error) {
      this.#locks = before
      throw toFieldmeshError(error, 'storage-failed')
    }
    for (const listener of Array.from(this.#listeners)) listener()
  }

  get newest(): Lock | undefined {
    return this.#locks[0]?.lock
  }

  get handed(): SignedLock | undefined {
    const { newest } = this
    return newest && isSigned(newest) ? newest : undefined
  }

  ids(): readonly string[] | undefined {
    if (this.#locks.length === 0) return undefined
    return [...this.#locks.slice(0, MOST_NAMED).map(({ id }) => id), FIRST_LOCK_ID]
  }

  commonWith(ids: readonly string[] = [FIRST_LOCK_ID]): CommonLock | undefined {
    const all = [...this.#locks, this.#first]
    const common = all.find(({ id }) => ids.includes(id))
    return common && { mac: common.mac, isNewest: common === all[0] }
  }

  isNews(ids: readonly string[] = [FIRST_LOCK_ID]): boolean {
    const [newest] = this.#locks
    return newest !== undefined && !ids.includes(newest.id)
  }

  async rotate(): Promise<void> {
    const { suite, room, device } = this.#options
    const after = this.newest?.epoch ?? 0
    if (after >= MOST_EPOCHS) throw new FieldmeshError('options-invalid', 'The secret was rotated too often.')
    await this.#add(await makeLock(suite, device, { room: room.id, after }))
  }

  async take(lock: SignedLock): Promise<boolean> {
    const { suite, room } = this.#options
    if (!isLock(lock) || this.#locks.some(({ id }) => id === lockIdOf(room.id, lock))) return false
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
