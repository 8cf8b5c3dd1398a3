import { FieldmeshError } from '#model/fault'
import type { Journal } from './journal.ts'
import { createMemoryJournal, type MemoryDisk } from './memory-journal.ts'

/** What becomes of one call to the journal. `lost`: it works, but its answer never comes back. */
export type Fate = 'works' | 'refused' | 'lost'

/** A journal whose every call meets a fate, decided by the caller; `calls` notes their names. */
export interface FaultyJournal extends Journal {
  readonly calls: string[]
}

const broken = (): FieldmeshError => new FieldmeshError('storage-failed')

/** Wraps a memory journal on the disk; `fateOf` is asked once for each call, by name and number. */
export const createFaultyJournal = (
  disk: MemoryDisk,
  fateOf: (call: string, number: number) => Fate,
): FaultyJournal => {
  const inner = createMemoryJournal(disk)
  const calls: string[] = []
  const meet = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const fate = fateOf(name, calls.push(name) - 1)
    if (fate === 'refused') throw broken()
    const result = await work()
    if (fate === 'lost') throw broken()
    return result
  }
  return {
    calls,
    append: (...batches) => meet('append', () => inner.append(...batches)),
    async *readAll(from) {
      await meet('readAll', async () => {})
      yield* inner.readAll(from)
    },
    length: () => meet('length', () => inner.length()),
    compact: () => meet('compact', () => inner.compact()),
    getMeta: (key) => meet('getMeta', () => inner.getMeta(key)),
    setMeta: (key, value) => meet('setMeta', () => inner.setMeta(key, value)),
    entriesMeta: (prefix) => meet('entriesMeta', () => inner.entriesMeta(prefix)),
    deleteMeta: (key) => meet('deleteMeta', () => inner.deleteMeta(key)),
    close: () => meet('close', () => inner.close()),
  }
}

/** The process dies at one call, before or after it took effect: nothing after it works either. */
export const diesAt = (number: number, after: boolean): ((call: string, at: number) => Fate) => {
  return (_call, at) => {
    if (at < number) return 'works'
    return at === number && after ? 'lost' : 'refused'
  }
}
