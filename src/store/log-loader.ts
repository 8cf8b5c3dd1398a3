import type { ReplicaCore } from '#model/replica.types'
import { decodeBatch } from '#wire/entry-codec'
import type { Bodies } from './bodies.ts'
import type { Journal } from './journal.ts'

/** True where the segment, or one entry in it, cannot be read. */
const loadSegment = (bytes: Uint8Array, core: ReplicaCore, bodies: Bodies): boolean => {
  const batch = decodeBatch(bytes)
  if (!batch.ok) return true
  const plan = core.plan(batch.entries)
  bodies.note(plan.wait, batch.items)
  core.commit(plan)
  bodies.keep(plan.apply, bodies.of(plan.apply, batch.items))
  return batch.refused.length > 0 || plan.refused.some(({ fault }) => fault !== 'author-forked')
}

/**
 * Fills an empty replica from the journal, segment by segment. What can't be read is left out, and stays in the
 * journal; what builds on it waits, until another device sends the missing part.
 * @returns whether anything is missing
 */
export const loadLog = async (journal: Journal, core: ReplicaCore, bodies: Bodies): Promise<boolean> => {
  let damaged = false
  for await (const bytes of journal.readAll()) damaged = loadSegment(bytes, core, bodies) || damaged
  // Only applied entries are ever journaled: where one waits, a segment before it is gone.
  return damaged || core.waiting > 0
}

/** True where a segment at the position or after it can't be read. */
export const isDamagedFrom = async (journal: Journal, position: number): Promise<boolean> => {
  for await (const bytes of journal.readAll(position)) {
    const batch = decodeBatch(bytes)
    if (!batch.ok || batch.refused.length > 0) return true
  }
  return false
}
