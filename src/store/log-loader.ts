import type { ReplicaCore } from '#model/replica.types'
import { FieldmeshError } from '#model/fault'
import { decodeBatch, isUnsignedBatch } from '#wire/entry-codec'
import type { Bodies } from './bodies.ts'
import type { ChainBook } from './chain-book.ts'
import type { Journal } from './journal.ts'

/** What a log is loaded into. */
export interface LoadedLog {
  readonly core: ReplicaCore
  readonly bodies: Bodies
  readonly chains: ChainBook
}

/** True where the segment, or one entry in it, cannot be read. */
const loadSegment = (bytes: Uint8Array, { core, bodies, chains }: LoadedLog): boolean => {
  const batch = decodeBatch(bytes)
  if (!batch.ok) return true
  const plan = core.plan(batch.entries)
  bodies.note(plan.wait, batch.items)
  core.commit(plan)
  const applied = bodies.of(plan.apply, batch.items)
  bodies.keep(plan.apply, applied)
  // Checked when it was stored: our own disk is not asked for proof again, only for what to show to others.
  chains.expect(batch.proofs)
  chains.advance(plan.apply, applied)
  return batch.refused.length > 0 || plan.refused.some(({ fault }) => fault !== 'author-forked')
}

/**
 * Fills an empty replica from the journal, segment by segment. What can't be read is left out, and stays in the
 * journal; what builds on it waits, until another device sends the missing part.
 * @returns whether anything is missing
 * @throws FieldmeshError `log-unsigned` for a log from before entries were signed: nobody would take it from us
 */
export const loadLog = async (journal: Journal, log: LoadedLog): Promise<boolean> => {
  let damaged = false
  for await (const bytes of journal.readAll()) {
    if (isUnsignedBatch(bytes)) throw new FieldmeshError('log-unsigned')
    damaged = loadSegment(bytes, log) || damaged
  }
  // Only applied entries are ever journaled: where one waits, a segment before it is gone.
  return damaged || log.core.waiting > 0
}

/** True where a segment at the position or after it can't be read. */
export const isDamagedFrom = async (journal: Journal, position: number): Promise<boolean> => {
  for await (const bytes of journal.readAll(position)) {
    const batch = decodeBatch(bytes)
    if (!batch.ok || batch.refused.length > 0) return true
  }
  return false
}
