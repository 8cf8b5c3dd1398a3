import { FieldmeshError } from '#model/fault'
import type { TransportCommand, TransportInput } from '#machines/ports'
import type { Depot } from '#wire/depot-types'
import { type CallbackActorLogic, fromCallback } from 'xstate'
import { type SteadyClock, steadyClock } from '../steady-clock.ts'
import { openConnection, type PeerConnectionClass } from './connection.ts'
import { createFacts } from './facts.ts'
import { createLink } from './link.ts'
import type { LinkTap } from './link-tap.ts'

export interface TransportOptions {
  /** Where bytes rest; shared by all links of an engine. */
  readonly depot: Depot
  /** STUN and TURN servers; none finds peers on the local network only. */
  readonly iceServers?: readonly RTCIceServer[]
  /** The class to use; default: the browser's. A Node stack goes here. */
  readonly RTCPeerConnection?: PeerConnectionClass
  readonly clock?: SteadyClock
  /** Closes every link that is still there: the engine's last resort should a chart fail without its clean-up. */
  readonly signal?: AbortSignal
  /** Told of every link, for inspectors; costs nothing until it asks. */
  readonly tap?: LinkTap
}

/**
 * The real world behind the `transport` port: one attempt at a direct link, one RTCPeerConnection. Never throws;
 * whatever goes wrong is a fact, and after `link.failed` or `link.closed` there are none.
 *
 * @example
 * machine.provide({ actors: { transport: createTransportLogic({ depot }) } })
 */
export const createTransportLogic = (options: TransportOptions): CallbackActorLogic<TransportCommand, TransportInput> =>
  fromCallback<TransportCommand, TransportInput>(({ input, sendBack, receive }) => {
    const { depot, iceServers = [], clock = steadyClock, signal, tap } = options
    const facts = createFacts(sendBack)
    const connection = openConnection([...iceServers], options.RTCPeerConnection)
    if (connection instanceof FieldmeshError) {
      facts.end({ type: 'link.failed', fault: connection.code })
      return () => depot.dropAll(input.connId)
    }
    const link = createLink({ connection, input, depot, clock, facts, ...(tap && { tap }) })
    const stop = (): void => {
      signal?.removeEventListener('abort', stop)
      link.stop()
    }
    receive(link.obey)
    signal?.addEventListener('abort', stop)
    if (signal?.aborted) stop()
    return stop
  })
