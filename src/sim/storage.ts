import { FieldmeshError } from '#model/fault'
import type { Journal } from '#store/journal'
import { createMemoryDisk, createMemoryJournal, type MemoryDisk } from '#store/memory-journal'
import type { Host } from './host.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'
import type { Trace } from './trace.ts'

/** What a disk can be told to fail at. */
export type DiskDeed = 'append' | 'setMeta' | 'readAll' | 'length'

/** Storage that outlives the pages that open it. */
export interface SimulatedDisk {
  /** Opens the log for one life of the device. */
  open(host: Host): Journal
  readonly fill: () => void
  readonly free: () => void
  /** So many of the next deeds of one kind fail, `before` anything was done or `after` all of it was. */
  readonly failNext: (times: number, when: 'before' | 'after', deed?: DiskDeed) => void
  readonly setSlowness: (ms: number) => void
  readonly backup: () => void
  restore(): void
  wipe(): void
  /** What is durable now, copied. */
  readonly look: () => Journal
  readonly losses: number
  /** Journals that were opened and not closed, by lives that live. */
  readonly opened: number
}

/** A write is on flash after about this long, ms. */
const USUAL_MS = 2

const encoder = new TextEncoder()

const copyOf = ({ segments, meta }: MemoryDisk): MemoryDisk => ({ segments: [...segments], meta: new Map(meta) })

const joined = (batches: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(batches.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const bytes of batches) {
    all.set(bytes, at)
    at += bytes.length
  }
  return all
}

const textOf = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value))

/**
 * A disk on which each write takes effect some time after it was asked for, one after another, and is told some time
 * after that. A page that dies in between loses what took no effect, and never hears of what did.
 */
export const createSimulatedDisk = (name: string, timeline: Timeline, random: Random, trace: Trace): SimulatedDisk => {
  const failures: { readonly deed: DiskDeed; readonly when: 'before' | 'after' }[] = []
  const holders = new Set<Host>()
  let disk = createMemoryDisk()
  let saved: MemoryDisk | undefined
  let isFull = false
  let slowness = USUAL_MS
  let losses = 0

  /** One operation after another takes effect, as transactions do. */
  const createQueue = (host: Host) => {
    let freeAt = 0
    return <T>(what: string, effect: () => Promise<T>, bytes?: Uint8Array): Promise<T> =>
      new Promise((resolve, reject) => {
        freeAt = Math.max(timeline.now(), freeAt) + slowness * (0.5 + random.next())
        const answerMs = random.next()
        timeline.after(freeAt - timeline.now(), () => {
          if (!host.isAlive) return
          trace.note(timeline.now(), `${name} ${what}`, bytes)
          effect().then(
            (value) => timeline.after(answerMs, () => host.deliver(() => resolve(value))),
            (error: unknown) =>
              timeline.after(answerMs, () =>
                host.deliver(() => reject(error instanceof Error ? error : new Error(String(error)))),
              ),
          )
        })
      })
  }
  const refuseIfFull = () => {
    if (isFull) throw new FieldmeshError('storage-full')
  }
  const failing = async <T>(deed: DiskDeed, effect: () => Promise<T>): Promise<T> => {
    const index = failures.findIndex((failure) => failure.deed === deed)
    const [failure] = index < 0 ? [] : failures.splice(index, 1)
    if (failure?.when === 'before') throw new FieldmeshError('storage-failed')
    const done = await effect()
    if (failure?.when === 'after') throw new FieldmeshError('storage-failed')
    return done
  }

  const open = (host: Host): Journal => {
    const inner = createMemoryJournal(disk)
    const queue = createQueue(host)
    holders.add(host)
    const write = <T>(what: string, work: () => Promise<T>, bytes?: Uint8Array) =>
      queue(
        what,
        async () => {
          refuseIfFull()
          return work()
        },
        bytes,
      )
    const readFrom = async (from?: number) => {
      const all: Uint8Array[] = []
      for await (const bytes of inner.readAll(from)) all.push(bytes)
      return all
    }
    return {
      append: (...batches) => {
        const copies = batches.map((bytes) => bytes.slice())
        const sizes = copies.map(({ length }) => length).join('+')
        return write(`append ${sizes}`, () => failing('append', () => inner.append(...copies)), joined(copies))
      },
      async *readAll(from) {
        yield* await queue('read', () => failing('readAll', () => readFrom(from)))
      },
      length: () => queue('length', () => failing('length', () => inner.length())),
      compact: () => write('compact', () => inner.compact()),
      getMeta: (key) => queue('get', () => inner.getMeta(key)),
      setMeta: async (key, value) => {
        const copy = structuredClone(value)
        return write(`set ${key}`, () => failing('setMeta', () => inner.setMeta(key, copy)), textOf(copy))
      },
      entriesMeta: (prefix) => queue('list', () => inner.entriesMeta(prefix)),
      deleteMeta: (key) => queue(`delete ${key}`, () => inner.deleteMeta(key)),
      close: () =>
        queue('close', async () => {
          holders.delete(host)
          await inner.close()
        }),
    }
  }

  return {
    open,
    fill: () => {
      isFull = true
    },
    free: () => {
      isFull = false
      failures.length = 0
    },
    failNext: (times, when, deed = 'append') =>
      void failures.push(...Array.from({ length: times }, () => ({ deed, when }))),
    setSlowness: (ms) => {
      slowness = Math.max(0, ms)
    },
    backup: () => {
      saved = copyOf(disk)
    },
    restore: () => {
      if (!saved) return
      disk = copyOf(saved)
      losses += 1
    },
    wipe: () => {
      disk = createMemoryDisk()
      losses += 1
    },
    look: () => createMemoryJournal(copyOf(disk)),
    get losses() {
      return losses
    },
    get opened() {
      return [...holders].filter((host) => host.isAlive).length
    },
  }
}
