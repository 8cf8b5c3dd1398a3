import { type CallbackActorLogic, fromCallback } from 'xstate'
import type { SocketCommand, SocketFact, SocketInput } from '#machines/ports'
import type { SocketTrust } from '#trust/socket-trust.types'
import type { IceServer } from '#wire/signaling'
import { type SteadyClock, steadyClock } from '../steady-clock.ts'
import { openSocket, type SocketConstructor } from './open-socket.ts'
import { refusal } from './refusals.ts'

export interface SocketLogicOptions {
  /** Proves joins, seals and opens signals; one for all sockets of a run, so that nothing is heard twice. */
  readonly trust: SocketTrust
  /** What the server's operator asks for, as it is at the moment of a join: a JSON Web Token. Default: none. */
  readonly token?: () => string | undefined
  /** Told of the TURN servers that the server gave, with their credentials, at each join. */
  readonly onIceServers?: (servers: readonly IceServer[]) => void
  /** The WebSocket class; by default the one of the browser, or of Node from 22 on. */
  readonly WebSocket?: SocketConstructor
  /** Paces what is sent; default: the page's own. */
  readonly clock?: SteadyClock
  /** Closes every socket, even where the chart that owns one cannot. */
  readonly signal?: AbortSignal
}

/**
 * The `socket` port on a WebSocket: one attempt at the signaling server. The attempt ends with one
 * `socket.refused` or `socket.closed`, and after that, as after a stop, nothing is told or sent.
 *
 * @example
 * signalingMachine.provide({ actors: { socket: createSocketLogic({ trust }) } })
 */
export const createSocketLogic = (options: SocketLogicOptions): CallbackActorLogic<SocketCommand, SocketInput> =>
  fromCallback<SocketCommand, SocketInput>(({ input, sendBack, receive }) => {
    const tell = (fact: SocketFact) => sendBack(fact)
    const { WebSocket = globalThis.WebSocket, clock = steadyClock, signal } = options
    if (signal?.aborted) return undefined
    try {
      const { obey, stop } = openSocket(input, { ...options, WebSocket, clock }, tell)
      receive(obey)
      signal?.addEventListener('abort', stop)
      return () => {
        signal?.removeEventListener('abort', stop)
        stop()
      }
    } catch {
      // The constructor throws for what is no address, and for ws: on an https: page.
      tell(refusal('signaling-url', true))
      return undefined
    }
  })
