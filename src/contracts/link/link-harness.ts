import type { CallbackActorLogic } from 'xstate'
import type { TransportCommand, TransportInput } from '#machines/ports'
import type { Depot } from '#wire/depot-types'
import type { ChannelName } from '#wire/messages'
import type { HarnessShape } from '../check-harness.ts'
import type { Until } from '../contract-case.ts'

/** The dialer makes the offer, the answerer gives way. */
export type LinkRole = TransportInput['role']

/** Two places that can reach each other, for one case. Optional powers bring further cases. */
export interface LinkPlaces {
  /** The logic under test at one of the places, over that place's depot; as `EnginePorts.transport`. */
  readonly transport: (at: LinkRole, depot: Depot) => CallbackActorLogic<TransportCommand, TransportInput>
  /** Sends something that no device of ours sends, as a hostile one would, over the open link made last there. */
  readonly sendRaw?: (from: LinkRole, channel: ChannelName, data: Uint8Array<ArrayBuffer> | string) => void
  /** Nothing passes between the places any more, in either direction, and nobody is told. */
  readonly cut?: () => void | Promise<void>
  readonly heal?: () => void | Promise<void>
  /** ms, by the clock that the links live by. With it the cases also ask how long a lost path takes to end a link. */
  readonly now?: () => number
  /** Connections at both places that exist and are not closed. */
  readonly connections?: () => number
  /** Called when the case is over, whatever became of it. */
  readonly dispose?: () => void | Promise<void>
}

/**
 * `trickle`: what is told includes candidates, each a signal of its own. `restart`: the link obeys
 * `transport.restartIce`, which not every WebRTC stack can.
 */
export type LinkPower = 'sendRaw' | 'cut' | 'connections' | 'trickle' | 'restart'

/** What a tester of a link brings. */
export interface LinkHarness {
  readonly open: () => LinkPlaces | Promise<LinkPlaces>
  readonly until: Until
  /** Cases that need another power are left out. Default: none. */
  readonly powers?: readonly LinkPower[]
}

export const LINK_SHAPE: HarnessShape<LinkPower> = {
  contract: 'linkContract',
  harness: { open: 'function', until: 'function' },
  opener: 'open()',
  under: 'LinkPlaces',
  needs: { transport: 'function' },
  powers: { sendRaw: ['sendRaw'], cut: ['cut', 'heal'], connections: ['connections'], trickle: [], restart: [] },
}
