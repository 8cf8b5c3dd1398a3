import { type CallbackActorLogic, type EventObject, fromCallback } from 'xstate'
import type { LeadershipFact, LeadershipInput } from '#machines/ports'

export interface LeadershipOptions {
  /** Web Locks to use; `navigator.locks` by default. */
  readonly locks?: Pick<LockManager, 'request'> | undefined
  /** Gives the lock back, whatever became of the actor. */
  readonly signal?: AbortSignal
}

type Tell = (fact: LeadershipFact) => void

const pageLocks = (): LockManager | undefined =>
  (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks

/** Prefix of the lock, so that an application's own locks of the same name are left alone. */
const lockName = (name: string): string => `fieldmesh:${name}`

/** Holds the lock until `ended`; told by the lock manager through a rejection when another one steals it. */
const lead = async (
  locks: Pick<LockManager, 'request'>,
  name: string,
  ended: AbortSignal,
  tell: Tell,
): Promise<void> => {
  const hold = (): Promise<void> | undefined => {
    if (ended.aborted) return undefined
    tell({ type: 'leadership.acquired' })
    return new Promise((resolve) => ended.addEventListener('abort', () => resolve(), { once: true }))
  }
  const free = await locks.request(lockName(name), { ifAvailable: true }, async (lock) => {
    if (lock !== null) await hold()
    return lock !== null
  })
  if (free || ended.aborted) return
  tell({ type: 'leadership.blocked' })
  await locks.request(lockName(name), { signal: ended }, hold)
}

/**
 * One tab owns the log, by Web Locks: asks once without waiting (`blocked` when another tab holds the lock), then
 * queues. The lock goes back when the actor stops or the signal aborts, and by itself when the tab closes or crashes.
 * Without Web Locks (no secure context) two tabs could write one log and fork it, so nobody leads: `leadership.failed`.
 */
export const createLeadership = (options: LeadershipOptions = {}): CallbackActorLogic<EventObject, LeadershipInput> =>
  fromCallback<EventObject, LeadershipInput>(({ input, sendBack }) => {
    const stopped = new AbortController()
    const ended = options.signal ? AbortSignal.any([stopped.signal, options.signal]) : stopped.signal
    const tell: Tell = (fact) => {
      if (!ended.aborted) sendBack(fact)
    }
    const locks = 'locks' in options ? options.locks : pageLocks()
    if (locks === undefined) {
      tell({ type: 'leadership.failed', fault: 'locks-missing' })
      return undefined
    }
    let led = false
    const note: Tell = (fact) => {
      led ||= fact.type === 'leadership.acquired'
      tell(fact)
    }
    lead(locks, input.name, ended, note).catch(() =>
      tell(led ? { type: 'leadership.lost' } : { type: 'leadership.failed', fault: 'locks-missing' }),
    )
    return () => stopped.abort()
  })

/** Leads at once and always: for processes that share their log with nobody, and for tests. */
export const alwaysLeader: CallbackActorLogic<EventObject, LeadershipInput> = fromCallback<
  EventObject,
  LeadershipInput
>(({ sendBack }) => {
  const tell: Tell = sendBack
  tell({ type: 'leadership.acquired' })
})
