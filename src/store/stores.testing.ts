import type { EntryInput } from '#model/entry'
import type { Journal } from './journal.ts'
import { trustOf } from './log-trust.testing.ts'
import { createMemoryJournal } from './memory-journal.ts'
import { openReplicaStore } from './replica-store.ts'
import type { ReplicaStore } from './replica-store.types.ts'

/** Valid ids of devices, `a` to `d`. */
export const PEERS = {
  a: `${'a'.repeat(21)}A`,
  b: `${'b'.repeat(21)}A`,
  c: `${'c'.repeat(21)}A`,
  d: `${'d'.repeat(21)}A`,
} as const

/** A store whose clock counts the milliseconds it was asked for. */
export const openStore = (
  journal: Journal = createMemoryJournal(),
  peerId: string = PEERS.a,
): Promise<ReplicaStore> => {
  let time = 1_700_000_000_000
  return openReplicaStore({ journal, peerId, now: () => time++, trust: trustOf(peerId) })
}

/** A reading of one meter. */
export const reading = (id: string, kwh: number): EntryInput => ({
  id,
  resourceType: 'reading',
  action: 'create',
  data: { kwh },
})

/** Sends all that `to` lacks, batch by batch; returns the number of batches. */
export const send = async (from: ReplicaStore, to: ReplicaStore): Promise<number> => {
  for (let batches = 0; ; batches++) {
    const packed = from.pack(to.vector())
    if (packed === undefined) return batches
    await to.ingest(packed.bytes, from.peerId)
  }
}
