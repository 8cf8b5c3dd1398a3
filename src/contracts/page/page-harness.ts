import type { CallbackActorLogic, EventObject } from 'xstate'
import type { PresenceInput } from '#machines/ports'
import type { HarnessShape } from '../check-harness.ts'
import type { Until } from '../contract-case.ts'

/** A page, visible and online, and what a person or a browser does to it. Optional powers bring further cases. */
export interface PageUnderTest {
  /** The logic under test in that page; as `EnginePorts.presence`. */
  readonly presence: CallbackActorLogic<EventObject, PresenceInput>
  /** Resolves when every presence that was started listens, and every one that was stopped does not. Default: at once. */
  readonly settled?: () => Promise<void>
  readonly setOnline: (online: boolean) => void | Promise<void>
  readonly hide?: () => void | Promise<void>
  readonly show?: () => void | Promise<void>
  /** The page's tasks stand still; browsers hide a page first. */
  readonly freeze?: () => void | Promise<void>
  readonly resume?: () => void | Promise<void>
  /** The page goes for good. */
  readonly leave?: () => void | Promise<void>
  /** The page goes, kept for the back button, and comes back. */
  readonly leaveForAWhile?: () => void | Promise<void>
  readonly comeBack?: () => void | Promise<void>
  /** Another kind of network. */
  readonly changeNetwork?: () => void | Promise<void>
  /** The browser has a new estimate of the same network’s speed. */
  readonly changeEstimate?: () => void | Promise<void>
  /** The machine sleeps for so long, ms: no timer fires, the wall clock goes on; then it wakes. */
  readonly sleep?: (ms: number) => void | Promise<void>
  /** Called when the case is over, whatever became of it. */
  readonly dispose?: () => void | Promise<void>
}

export type PagePower = 'visibility' | 'freeze' | 'leave' | 'keep' | 'network' | 'sleep'

/** What a tester of presence brings. */
export interface PageHarness {
  readonly open: () => PageUnderTest | Promise<PageUnderTest>
  readonly until: Until
  /** Cases that need another power are left out. Default: none. */
  readonly powers?: readonly PagePower[]
}

export const PAGE_SHAPE: HarnessShape<PagePower> = {
  contract: 'pageContract',
  harness: { open: 'function', until: 'function' },
  opener: 'open()',
  under: 'PageUnderTest',
  needs: { presence: 'object', setOnline: 'function' },
  powers: {
    visibility: ['hide', 'show'],
    freeze: ['freeze', 'resume'],
    leave: ['leave'],
    keep: ['leaveForAWhile', 'comeBack'],
    network: ['changeNetwork', 'changeEstimate'],
    sleep: ['sleep', 'hide'],
  },
}
