import type { Journal } from '#store/journal'
import type { HarnessShape } from '../check-harness.ts'

/** One log, new and empty, and what can be done to it. Optional powers bring further cases. */
export interface LogUnderTest {
  /** Opens it, the same log each time it is called. */
  readonly open: () => Promise<Journal>
  /** From now on nothing more fits on its disk: appends and small values are refused. */
  readonly fill?: () => void | Promise<void>
  /** There is room again. */
  readonly free?: () => void | Promise<void>
  /** The next append breaks, with `storage-full` or `storage-failed`: after the first of its batches was handed to the disk. */
  readonly breakHalfWay?: () => void
  /** The process dies here: opened journals answer no more, and only what is durable is left. */
  readonly crash?: () => void | Promise<void>
  /** Called when a case is over, whatever became of it. */
  readonly dispose?: () => void | Promise<void>
}

/** What a log of a tester can do. `compact`: its `compact()` merges small segments, instead of doing nothing. */
export type JournalPower = 'fill' | 'breakHalfWay' | 'crash' | 'compact'

export interface JournalOptions {
  /** Cases that need another power are left out. Default: none. */
  readonly powers?: readonly JournalPower[]
}

/** Gives a new, empty log, another one each time it is called. */
export type CreateLog = () => LogUnderTest | Promise<LogUnderTest>

export const LOG_SHAPE: HarnessShape<JournalPower> = {
  contract: 'journalContract',
  harness: {},
  opener: 'createLog()',
  under: 'LogUnderTest',
  needs: { open: 'function' },
  powers: { fill: ['fill', 'free'], breakHalfWay: ['breakHalfWay'], crash: ['crash'], compact: [] },
}
