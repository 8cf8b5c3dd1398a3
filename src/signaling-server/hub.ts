import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { SIGNALING_CLOSE, SIGNALING_PROTOCOL } from '#wire/signaling'
import { type AllowedOrigins, isOriginAllowed, offersProtocol, refuseHandshake } from './admission.ts'
import { type Connection, type ConnectionOptions, serveConnection } from './connection.ts'
import { addressOf } from './address-of.ts'
import { createAddressRates } from './address-rates.ts'
import type { SignalingLimits } from './limits.ts'

/** All WebSockets of one server. */
export interface Hub {
  /** Makes a WebSocket of an HTTP upgrade, or refuses it. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Says good-bye to all; resolves when the last one is closed. */
  drain(): Promise<void>
}

const createAcceptor = (limits: SignalingLimits): WebSocketServer => {
  const options = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.frameBytes,
    maxFragments: limits.fragments,
    maxBufferedChunks: limits.chunks,
    closeTimeout: limits.closeMs,
    handleProtocols: () => SIGNALING_PROTOCOL,
  }
  return new WebSocketServer(options)
}

export interface HubOptions extends ConnectionOptions {
  readonly allowedOrigins: AllowedOrigins
  /** Trusted proxies in front of the server. */
  readonly trustProxy: number
}

export const createHub = (options: HubOptions): Hub => {
  const { limits, metrics, allowedOrigins, trustProxy, now } = options
  const acceptor = createAcceptor(limits)
  const sockets = new Map<WebSocket, Connection | undefined>()
  const perAddress = new Map<string, number>()
  const rates = createAddressRates(limits.connectionsPerMinute, now)
  let onEmpty: (() => void) | undefined

  const count = (address: string, change: 1 | -1) => {
    const next = (perAddress.get(address) ?? 0) + change
    if (next > 0) perAddress.set(address, next)
    else perAddress.delete(address)
  }
  const forget = (socket: WebSocket, address: string) => {
    sockets.delete(socket)
    count(address, -1)
    metrics.connections = sockets.size
    if (sockets.size === 0) onEmpty?.()
  }
  const accept = (socket: WebSocket, request: IncomingMessage, address: string) => {
    socket.once('close', () => forget(socket, address))
    count(address, 1)
    const isAllowed = isOriginAllowed(request, allowedOrigins)
    sockets.set(socket, isAllowed ? serveConnection(socket, address, options) : undefined)
    metrics.connections = sockets.size
    if (!isAllowed) turnAway(socket)
  }
  /** Inside the protocol, because a page cannot read why a handshake was refused. */
  const turnAway = (socket: WebSocket) => {
    metrics.refused('origin-denied')
    socket.on('error', () => {})
    socket.send(JSON.stringify({ t: 'error', code: 'origin-denied' }))
    socket.close(SIGNALING_CLOSE.auth, 'origin-denied')
  }
  const deny = (socket: Duplex, status: string, code: Parameters<typeof refuseHandshake>[2]) => {
    metrics.refused(code)
    refuseHandshake(socket, status, code)
  }

  acceptor.on('wsClientError', (_error, socket) => deny(socket, '400 Bad Request', 'bad-handshake'))

  return {
    upgrade(request, socket, head) {
      const address = addressOf(request, trustProxy)
      const isFull =
        sockets.size >= limits.connections || (perAddress.get(address) ?? 0) >= limits.connectionsPerAddress
      if (onEmpty || isFull || rates.take(address) > 0) return deny(socket, '503 Service Unavailable', 'rate-limited')
      if (!offersProtocol(request)) return deny(socket, '400 Bad Request', 'unsupported-version')
      acceptor.handleUpgrade(request, socket, head, (webSocket) => accept(webSocket, request, address))
    },
    async drain() {
      const emptied = new Promise<void>((resolve) => {
        onEmpty = resolve
      })
      for (const connection of sockets.values()) connection?.announceDrain()
      for (const connection of sockets.values()) connection?.restart()
      if (sockets.size > 0) await emptied
    },
  }
}
