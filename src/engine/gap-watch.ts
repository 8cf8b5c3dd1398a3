import type { ReplicaStore } from '#store/replica-store.types'
import type { Timers } from './timers.ts'

/** Entries that wait for others are usually completed within this, ms; the pause doubles while asking changes nothing. */
const PATIENCE = 1_000
const MOST_PATIENCE = 60_000

export interface GapWatchOptions {
  readonly store: Pick<ReplicaStore, 'digest'>
  readonly timers: Timers
  readonly ask: () => void
}

/** Asks again for what is missing: one question at a time, more rarely while it does not help. */
export const createGapWatch = ({ store, timers, ask }: GapWatchOptions) => {
  let pending = false
  let patience = PATIENCE
  let before = ''
  return {
    /** Something that arrived cannot be applied yet. */
    noticed: (): void => {
      if (pending) return
      pending = true
      const digest = store.digest()
      patience = digest === before ? Math.min(patience * 2, MOST_PATIENCE) : PATIENCE
      before = digest
      timers.after(patience, () => {
        pending = false
        ask()
      })
    },
  }
}
