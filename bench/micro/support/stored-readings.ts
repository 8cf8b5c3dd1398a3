import { sha256 } from '@noble/hashes/sha2.js'
import { platformCrypto } from '#adapters/crypto/platform-crypto'
import type { EntryInput } from '#model/entry'
import { VectorClock } from '#model/vector-clock'
import { createMemoryDisk, createMemoryJournal, type MemoryDisk } from '#store/memory-journal'
import { openReplicaStore } from '#store/replica-store'
import type { ReplicaStore } from '#store/replica-store.types'
import type { LogTrust } from '#trust/log-trust.types'
import { idAt, readingAt } from '../../browser/page/readings.ts'

/** Ids as devices have them: 22 characters that nothing can shrink. */
export const AUTHOR = 'Qx3vT9_kLm2-pRzYw8bN4A'
export const RECEIVER = 'Zt7cVf1HsJq0Xe5UoKd6Mg'

const START = 1_760_000_000_000
const GROUP = 500

/** One reading a record, as written by hand. */
export const inputAt = (index: number): EntryInput => ({
  id: idAt(index),
  resourceType: 'reading',
  action: 'create',
  data: readingAt(index),
})

const suite = platformCrypto()
const names = new Map<string, string>()
const textOf = (key: Uint8Array): string => key.join()

/** The platform's own signatures, by a key that belongs to the name. */
const trustOf = async (peerId: string): Promise<LogTrust> => {
  const device = await suite.signerOf(sha256(new TextEncoder().encode(peerId)))
  names.set(textOf(device.publicKey), peerId)
  return { log: 'bench', device, verify: suite.verify, authorOf: (key) => names.get(textOf(key)) ?? '' }
}

/** A store over a journal in memory; its clock counts the milliseconds it was asked for. */
export const openStore = async (peerId: string, disk: MemoryDisk = createMemoryDisk()): Promise<ReplicaStore> => {
  let time = START
  return openReplicaStore({
    journal: createMemoryJournal(disk),
    peerId,
    now: () => time++,
    trust: await trustOf(peerId),
  })
}

/** A store with so many readings, written by its own device in groups, as an import does. */
export const storeOf = async (count: number): Promise<ReplicaStore> => {
  const store = await openStore(AUTHOR)
  for (let from = 0; from < count; from += GROUP) {
    const length = Math.min(GROUP, count - from)
    await store.write(Array.from({ length }, (_, i) => inputAt(from + i)))
  }
  return store
}

/** Everything in a store, packed for a device that has nothing. */
export const batchesOf = (store: ReplicaStore): Uint8Array[] => {
  const batches: Uint8Array[] = []
  let has = new VectorClock()
  for (let next = store.pack(has); next; next = store.pack(has)) {
    batches.push(next.bytes)
    has = next.upTo
  }
  return batches
}
