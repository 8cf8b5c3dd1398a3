import { FieldmeshError, toFieldmeshError } from '#model/fault'
import { decodeBatch } from '#wire/entry-codec'
import type { Journal } from './journal.ts'
import { isSameBytes } from './same-bytes.ts'

/** The journal with a memory of what it was not sure about. */
export interface DurableLog {
  /**
   * Clears up an append whose outcome is unknown: what reached the disk after all becomes visible now. To be awaited
   * before anything is built on the present state. Rejects while the journal can't tell.
   */
  settle(): Promise<void>
  /**
   * Appends all or nothing, and calls `commit` once that is durable. Rejects with FieldmeshError if it is not there,
   * or not known to be: then `settle` may still call `commit` later.
   */
  append(batches: readonly Uint8Array[], commit: () => void): Promise<void>
}

interface Doubt {
  readonly batches: readonly Uint8Array[]
  readonly commit: () => void
}

const isSame = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a !== undefined && b !== undefined && isSameBytes(a, b)

const bodiesOf = (batch: Uint8Array): Uint8Array[] => {
  const decoded = decodeBatch(batch)
  return decoded.ok ? decoded.items.map((item) => item.bytes) : []
}

/** True where the journal ends with exactly these batches from the position on, merged with earlier ones or not. */
const holds = async (journal: Journal, from: number, batches: readonly Uint8Array[]): Promise<boolean> => {
  const found: Uint8Array[] = []
  for await (const batch of journal.readAll(from)) found.push(...bodiesOf(batch))
  const wanted = batches.flatMap(bodiesOf)
  return wanted.every((body, i) => isSame(body, found[found.length - wanted.length + i]))
}

/**
 * Wraps a journal of `length` batches. A failed append may have reached the disk: writing the same places of our log
 * again, with other content, would fork it. So nothing is written before it is known which it was.
 */
export const createDurableLog = (journal: Journal, length: number): DurableLog => {
  let known = length
  let doubt: Doubt | undefined

  const settle = async (): Promise<void> => {
    if (doubt === undefined) return
    const { batches, commit } = doubt
    const now = await journal.length()
    const isOurs = now === known + batches.length && (await holds(journal, known, batches))
    if (now !== known && !isOurs) {
      throw new FieldmeshError('storage-failed', 'Something else writes to the same log.')
    }
    doubt = undefined
    if (now === known) return
    known = now
    commit()
  }
  const append = async (batches: readonly Uint8Array[], commit: () => void): Promise<void> => {
    try {
      await journal.append(...batches)
    } catch (error) {
      let late = false
      doubt = {
        batches,
        commit: () => {
          late = true
          commit()
        },
      }
      await settle().catch(() => {})
      if (late) return
      throw toFieldmeshError(error, 'storage-failed')
    }
    known += batches.length
    commit()
  }
  return {
    settle: () => settle().catch((error: unknown) => Promise.reject(toFieldmeshError(error, 'storage-failed'))),
    append,
  }
}
