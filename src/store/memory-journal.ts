import { FieldmeshError } from '#model/fault'
import type { Journal } from './journal.ts'
import { mergesOf, type Segment } from './segment-merge.ts'

/** What outlives a memory journal, as a disk outlives a process: hand it to the next one to reopen the same log. */
export interface MemoryDisk {
  segments: Segment[]
  readonly meta: Map<string, unknown>
}

/** How an append goes wrong: refused for want of space, broken before, or broken after it reached the disk. */
export type AppendFault = 'full' | 'failed' | 'failed-after-commit'

/** A journal in memory, with faults on demand. */
export interface MemoryJournal extends Journal {
  readonly disk: MemoryDisk
  /** The next appends go wrong, one per fault. */
  failNext(...faults: AppendFault[]): void
}

/** An empty disk. */
export const createMemoryDisk = (): MemoryDisk => ({ segments: [], meta: new Map() })

const refuse = (fault: AppendFault | undefined): void => {
  if (fault !== undefined) throw new FieldmeshError(fault === 'full' ? 'storage-full' : 'storage-failed')
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

/**
 * A journal that lasts as long as its disk: for tests, and for devices that are to forget.
 *
 * @example
 * const disk = createMemoryDisk()
 * await createMemoryJournal(disk).append(batch)
 * await createMemoryJournal(disk).length() // 1
 */
export const createMemoryJournal = (disk: MemoryDisk = createMemoryDisk()): MemoryJournal => {
  const faults: AppendFault[] = []
  let closed = false
  const live = async (): Promise<MemoryDisk> => {
    if (closed) throw new FieldmeshError('storage-failed', 'It is closed.')
    return disk
  }
  const next = (): number => (disk.segments.at(-1)?.position ?? -1) + 1

  return {
    disk,
    failNext: (...wanted) => {
      faults.push(...wanted)
    },
    append: async (...batches) => {
      await live()
      const fault = faults.shift()
      if (fault !== 'failed-after-commit') refuse(fault)
      for (const bytes of batches) disk.segments.push({ position: next(), bytes: bytes.slice() })
      refuse(fault)
    },
    async *readAll(from = 0) {
      const { segments } = await live()
      for (const segment of segments) if (segment.position >= from) yield segment.bytes
    },
    length: async () => {
      await live()
      return next()
    },
    compact: async () => {
      for await (const { into, from } of mergesOf(each((await live()).segments))) {
        const rest = disk.segments.filter((segment) => !from.includes(segment.position))
        disk.segments = [...rest, into].sort((a, b) => a.position - b.position)
      }
    },
    getMeta: async (key) => (await live()).meta.get(key),
    setMeta: async (key, value) => {
      ;(await live()).meta.set(key, structuredClone(value))
    },
    entriesMeta: async (prefix) => [...(await live()).meta].filter(([key]) => key.startsWith(prefix)),
    deleteMeta: async (key) => {
      ;(await live()).meta.delete(key)
    },
    close: async () => {
      closed = true
    },
  }
}
