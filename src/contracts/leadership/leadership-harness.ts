import type { CallbackActorLogic, EventObject } from 'xstate'
import type { LeadershipInput } from '#machines/ports'
import type { HarnessShape } from '../check-harness.ts'
import type { Until } from '../contract-case.ts'

/** One tab, or process, of several that share a log. */
export interface TabUnderTest {
  /** The logic under test; as `EnginePorts.leadership`. */
  readonly leadership: CallbackActorLogic<EventObject, LeadershipInput>
  /** It is closed or dies: nothing in it runs any more. */
  readonly close?: () => void | Promise<void>
}

/** `others`: tabs know of each other. `close`: a tab can be closed. */
export type LeadershipPower = 'others' | 'close'

/** What a tester of a leadership brings. */
export interface LeadershipHarness {
  /** A new tab, beside those opened before. */
  readonly open: () => TabUnderTest | Promise<TabUnderTest>
  readonly until: Until
  /** Cases that need another power are left out. Default: none. */
  readonly powers?: readonly LeadershipPower[]
}

export const TAB_SHAPE: HarnessShape<LeadershipPower> = {
  contract: 'leadershipContract',
  harness: { open: 'function', until: 'function' },
  opener: 'open()',
  under: 'TabUnderTest',
  needs: { leadership: 'object' },
  powers: { others: [], close: ['close'] },
}
