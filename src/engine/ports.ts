import type { ActorOptions, AnyActorLogic, CallbackActorLogic, EventObject } from 'xstate'
import type { LinkTap } from '#adapters/webrtc/link-tap'
import type {
  LeadershipInput,
  PresenceInput,
  PulseInput,
  SocketCommand,
  SocketInput,
  TransportCommand,
  TransportInput,
} from '#machines/ports'
import type { OpenJournal } from '#store/journal'
import type { CryptoSuite, DeviceKeys } from '#trust/crypto.types'
import type { SocketTrust } from '#trust/socket-trust.types'
import type { Depot } from '#wire/depot-types'

/** What the engine runs on: the real world in a browser, or any other by the same ports. */
export interface EnginePorts {
  /** Logic of one link attempt over the given depot. `tap` is to be told of every link, for inspectors; it may be ignored. */
  readonly transport: (depot: Depot, tap?: LinkTap) => CallbackActorLogic<TransportCommand, TransportInput>
  /** Logic of one connection to a signaling server. `trust` proves that this device is of the room, and seals what it says. */
  readonly socket: (trust: SocketTrust) => CallbackActorLogic<SocketCommand, SocketInput>
  readonly presence: CallbackActorLogic<EventObject, PresenceInput>
  readonly leadership: CallbackActorLogic<EventObject, LeadershipInput>
  readonly pulse: CallbackActorLogic<EventObject, PulseInput>
  readonly openJournal: OpenJournal
  /** What keys are made of and work with. */
  readonly crypto: CryptoSuite
  /** Where the private keys of this device lie, one for each store: apart from the journal, which may be copied. */
  readonly deviceKeys: DeviceKeys
  /** Wall clock, ms since 1970. */
  readonly now: () => number
  /** Cryptographically random bytes. */
  readonly randomBytes: (length: number) => Uint8Array
  /** Timers of the charts and of small delays beside them. */
  readonly clock: EngineClock
}

/** XState’s clock. */
export type EngineClock = NonNullable<ActorOptions<AnyActorLogic>['clock']>
