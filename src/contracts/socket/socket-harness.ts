import type { CallbackActorLogic } from 'xstate'
import type { SocketCommand, SocketInput } from '#machines/ports'
import type { CryptoSuite } from '#trust/crypto.types'
import type { SocketTrust } from '#trust/socket-trust.types'
import type { HarnessShape } from '../check-harness.ts'
import type { Until } from '../contract-case.ts'

/** A signaling server for one case, with no room in use. Optional powers bring further cases. */
export interface ServerUnderTest {
  readonly url: string
  /** What devices prove and seal with; the server verifies what it makes. */
  readonly suite: CryptoSuite
  /** The logic under test on one device, with the keys that the case gave it; as `EnginePorts.socket`. */
  readonly socket: (device: string, trust: SocketTrust) => CallbackActorLogic<SocketCommand, SocketInput>
  /** Dies without a word: every connection breaks, nobody listens any more. */
  readonly die: () => void | Promise<void>
  /** Restarts politely: says when to come back, and closes every connection. */
  readonly drain?: () => void | Promise<void>
  /** Sends a text to everybody that no honest server sends. */
  readonly lie?: (text: string) => void | Promise<void>
  /** Called when the case is over, whatever became of it. */
  readonly dispose?: () => void | Promise<void>
}

/** Bounds that a case asks of its server. */
export interface ServerBounds {
  readonly roomPeers?: number
  readonly perSecond?: number
  readonly burst?: number
}

/** `bounds`: the server keeps the bounds it is opened with. */
export type SocketPower = 'drain' | 'bounds' | 'lie'

/** What a tester of a signaling socket, or of a server, brings. */
export interface SocketHarness {
  readonly open: (bounds: ServerBounds) => ServerUnderTest | Promise<ServerUnderTest>
  readonly until: Until
  /** Cases that need another power are left out. Default: none. */
  readonly powers?: readonly SocketPower[]
}

export const SERVER_SHAPE: HarnessShape<SocketPower> = {
  contract: 'socketContract',
  harness: { open: 'function', until: 'function' },
  opener: 'open()',
  under: 'ServerUnderTest',
  needs: { url: 'string', suite: 'object', socket: 'function', die: 'function' },
  powers: { drain: ['drain'], bounds: [], lie: ['lie'] },
}
