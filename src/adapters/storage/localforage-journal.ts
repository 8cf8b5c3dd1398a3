import localforage from 'localforage'
import { FieldmeshError } from '#model/fault'
import type { Journal } from '#store/journal'
import { mergesOf, type Segment } from '#store/segment-merge'
import { requestPersistence } from './storage-manager.ts'
import { defineStrictDriver, openFailure, STRICT_DRIVER, type StrictForage } from './strict-driver.ts'

/** Segments read at once: 8 MiB of the largest batches. */
const PAGE = 32
/** Segments beyond those of the last compaction that make another worth its reading. */
const COMPACT_FROM = 256

/** Enough digits for every safe integer, so that keys sort as their numbers do. */
const DIGITS = 16
const segmentKey = (position: number): string => `s:${String(position).padStart(DIGITS, '0')}`
const positionOf = (key: string): number => Number(key.slice(2))
const LAST_SEGMENT = segmentKey(Number.MAX_SAFE_INTEGER)

/** A copy of a view: storing the view itself would store all of the buffer under it. */
const exact = (bytes: Uint8Array): Uint8Array => (bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice())

const metaKey = (key: string): string => `m:${key}`
/** Beside the caller's own values, so that both change in one transaction or not at all. */
const COMPACTED = 'c:segments'

const openForage = async (name: string): Promise<StrictForage> => {
  await defineStrictDriver()
  const forage = localforage.createInstance({ name, storeName: 'journal', version: 1, driver: STRICT_DRIVER })
  try {
    await forage.ready()
  } catch (error) {
    throw openFailure(forage) ?? new FieldmeshError('storage-missing', undefined, { cause: error })
  }
  if (forage.driver() !== STRICT_DRIVER) {
    throw new FieldmeshError('storage-missing', `The durable driver was replaced by ${forage.driver()}.`)
  }
  return forage as StrictForage
}

async function* segmentsFrom(forage: StrictForage, from: number): AsyncGenerator<Segment> {
  let key = segmentKey(from)
  for (let after = false; ; after = true) {
    const found = await forage.page(key, LAST_SEGMENT, { limit: PAGE, after })
    for (const [at, value] of found) {
      // A value of another kind is damage: passed on as bytes that no decoder takes, so that it is counted.
      yield { position: positionOf(at), bytes: value instanceof Uint8Array ? value : new Uint8Array() }
      key = at
    }
    if (found.length < PAGE) return
  }
}

const compact = async (forage: StrictForage): Promise<void> => {
  for await (const { into, from } of mergesOf(segmentsFrom(forage, 0))) {
    const gone = from.filter((position) => position !== into.position)
    await forage.batch([
      ...gone.map((position) => ({ is: 'delete' as const, key: segmentKey(position) })),
      { is: 'put', key: segmentKey(into.position), value: exact(into.bytes) },
    ])
  }
  await forage.setItem(COMPACTED, await forage.count(segmentKey(0), LAST_SEGMENT))
}

const compactIfMany = async (forage: StrictForage): Promise<void> => {
  const [segments, before] = await Promise.all([
    forage.count(segmentKey(0), LAST_SEGMENT),
    forage.getItem<unknown>(COMPACTED),
  ])
  if (segments - (typeof before === 'number' ? before : 0) >= COMPACT_FROM) await compact(forage)
}

/**
 * Positions are handed out from memory and read anew after a failure. `add` in place of `put` makes a second writer
 * of the same log fail instead of overwriting.
 */
const createAppender = (
  forage: StrictForage,
): { position(): Promise<number>; append(batches: Uint8Array[]): Promise<void> } => {
  let known: number | undefined
  const position = async (): Promise<number> => {
    if (known !== undefined) return known
    const last = await forage.lastKey(segmentKey(0), LAST_SEGMENT)
    known = last === undefined ? 0 : positionOf(last) + 1
    return known
  }
  let tail: Promise<void> = Promise.resolve()
  const appendNow = async (batches: Uint8Array[]): Promise<void> => {
    const first = await position()
    known = undefined
    await forage.batch(batches.map((value, i) => ({ is: 'add', key: segmentKey(first + i), value: exact(value) })))
    known = first + batches.length
  }
  return {
    position: () => tail.then(position),
    append: (batches) => {
      const appended = tail.then(() => appendNow(batches))
      tail = appended.catch(() => {})
      return appended
    },
  }
}

/**
 * Opens the journal over localForage with the strict IndexedDB driver; merges small segments when there are many.
 * @param name of the database; one per room and device
 * @throws FieldmeshError `storage-missing`, `storage-failed` or `storage-full`
 */
export const openLocalforageJournal = async (name: string): Promise<Journal> => {
  const forage = await openForage(name)
  // Not awaited: Firefox asks the user, and an answer changes nothing here.
  void requestPersistence()
  // A compaction that fails leaves the log as it was; the next opening tries again.
  await compactIfMany(forage).catch(() => {})
  const appender = createAppender(forage)
  return {
    append: (...batches) => appender.append(batches),
    async *readAll(from = 0) {
      for await (const { bytes } of segmentsFrom(forage, from)) yield bytes
    },
    length: () => appender.position(),
    compact: () => compact(forage),
    getMeta: async (key) => (await forage.getItem<unknown>(metaKey(key))) ?? undefined,
    setMeta: async (key, value) => {
      await forage.setItem(metaKey(key), value)
    },
    entriesMeta: async (prefix) => {
      const found = await forage.page(metaKey(prefix), metaKey(`${prefix}\uffff`))
      return found.map(([key, value]) => [key.slice(2), value])
    },
    deleteMeta: (key) => forage.removeItem(metaKey(key)),
    close: async () => forage.shut(),
  }
}
