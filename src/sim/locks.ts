import type { Host } from './host.ts'
import type { Timeline } from './timeline.ts'

/** The lock manager of one simulated browser: what `navigator.locks` is in each of its tabs. */
export interface SimulatedLocks {
  /** The manager as one page sees it. What the page holds or waits for ends with its life. */
  of(host: Host): Pick<LockManager, 'request'>
}

/** Lock managers live in another process: an answer takes about this long, ms. */
const ANSWER_MS = 1

type Use = (lock: Lock | null) => unknown

interface Asked {
  readonly name: string
  readonly host: Host
  readonly use: Use
  readonly done: (result: unknown) => void
  readonly failed: (error: unknown) => void
}

/**
 * Exclusive Web Locks, first come, first served, with `ifAvailable` and `signal`; no `shared`, no `steal`. A frozen
 * page keeps what it holds, and what it is granted waits for its thaw.
 */
export const createSimulatedLocks = (timeline: Timeline): SimulatedLocks => {
  const held = new Map<string, Asked>()
  const queues = new Map<string, Asked[]>()
  const queueOf = (name: string): Asked[] => queues.get(name) ?? (queues.set(name, []).get(name) as Asked[])

  const hold = (asked: Asked): void => {
    held.set(asked.name, asked)
    asked.host.onKill(() => release(asked))
    timeline.after(ANSWER_MS, () => asked.host.deliver(() => run(asked, { name: asked.name, mode: 'exclusive' })))
  }
  const run = (asked: Asked, lock: Lock | null): void => {
    const used = Promise.resolve(lock).then(asked.use)
    used.then(asked.done, asked.failed).finally(() => release(asked))
  }
  const release = (asked: Asked): void => {
    if (held.get(asked.name) !== asked) return
    held.delete(asked.name)
    const next = nextIn(queueOf(asked.name))
    if (next) hold(next)
  }
  const decide = (asked: Asked, ifAvailable: boolean, signal: AbortSignal | undefined): void => {
    if (!asked.host.isAlive || signal?.aborted) return
    if (!held.has(asked.name)) hold(asked)
    else if (ifAvailable) timeline.after(ANSWER_MS, () => asked.host.deliver(() => run(asked, null)))
    else queueOf(asked.name).push(asked)
  }
  const giveUp = (asked: Asked, reason: unknown): void => {
    const queue = queueOf(asked.name)
    const place = queue.indexOf(asked)
    if (place >= 0) queue.splice(place, 1)
    if (held.get(asked.name) !== asked) asked.failed(reason)
  }

  return {
    of: (host) => {
      const request = (name: string, options: LockOptions, use: Use): Promise<unknown> =>
        new Promise((done, failed) => {
          const { ifAvailable = false, signal } = options
          const asked: Asked = { name, host, use, done, failed }
          signal?.addEventListener('abort', () => giveUp(asked, signal.reason), { once: true })
          if (signal?.aborted) giveUp(asked, signal.reason)
          else timeline.after(ANSWER_MS, () => decide(asked, ifAvailable, signal))
        })
      return { request: request as LockManager['request'] }
    },
  }
}

const nextIn = (queue: Asked[]): Asked | undefined => {
  let next = queue.shift()
  while (next && !next.host.isAlive) next = queue.shift()
  return next
}
