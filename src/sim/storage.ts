import { FieldmeshError } from '#model/fault'
import type { Journal } from '#store/journal'
import { createMemoryDisk, createMemoryJournal, type MemoryDisk } from '#store/memory-journal'
import type { Host } from './host.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'
import type { Trace } from './trace.ts'

/** Storage that outlives the pages that open it. */
export interface SimulatedDisk {
  /** Opens the log for one life of the device. */
  open(host: Host): Journal
  readonly fill: () => void
  readonly free: () => void
  readonly failNext: (appends: number, when: 'before' | 'after') => void
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

const copyOf = ({ segments, meta }: MemoryDisk): MemoryDisk => ({ segments: [...segments], meta: new Map(meta) })

/**
 * A disk on which each write takes effect some time after it was asked for, one after another, and is told some time
 * after that. A page that dies in between loses what took no effect, and never hears of what did.
 */
export const createSimulatedDisk = (name: string, timeline: Timeline, random: Random, trace: Trace): SimulatedDisk => {
  const failures: ('before' | 'after')[] = []
  const holders = new Set<Host>()
  let disk = createMemoryDisk()
  let saved: MemoryDisk | undefined
  let isFull = false
  let slowness = USUAL_MS
  let losses = 0

  /** One operation after another takes effect, as transactions do. */
  const createQueue = (host: Host) => {
    let freeAt = 0
    return <T>(what: string, effect: () => Promise<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        freeAt = Math.max(timeline.now(), freeAt) + slowness * (0.5 + random.next())
        const answerMs = random.next()
        timeline.after(freeAt - timeline.now(), () => {
          if (!host.isAlive) return
          trace.note(timeline.now(), `${name} ${what}`)
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

  const open = (host: Host): Journal => {
    const inner = createMemoryJournal(disk)
    const queue = createQueue(host)
    holders.add(host)
    const write = <T>(what: string, work: () => Promise<T>) =>
      queue(what, async () => {
        refuseIfFull()
        return work()
      })
    return {
      append: (...batches) => {
        const copies = batches.map((bytes) => bytes.slice())
        return write(`append ${copies.length}`, async () => {
          const failure = failures.shift()
          if (failure === 'before') throw new FieldmeshError('storage-failed')
          await inner.append(...copies)
          if (failure === 'after') throw new FieldmeshError('storage-failed')
        })
      },
      async *readAll(from) {
        const batches = await queue('read', async () => {
          const all: Uint8Array[] = []
          for await (const bytes of inner.readAll(from)) all.push(bytes)
          return all
        })
        yield* batches
      },
      length: () => queue('length', () => inner.length()),
      compact: () => write('compact', () => inner.compact()),
      getMeta: (key) => queue('get', () => inner.getMeta(key)),
      setMeta: (key, value) => write(`set ${key}`, () => inner.setMeta(key, value)),
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
    failNext: (appends, when) => void failures.push(...Array.from({ length: appends }, () => when)),
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
