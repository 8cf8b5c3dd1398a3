import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { SIGNALING_PROTOCOL, type SignalingErrorCode } from '#wire/signaling'

/** Web origins that may connect; `'self'` is the host that the page's request itself went to. */
export type AllowedOrigins = readonly string[] | undefined

/**
 * The Origin header protects people whose browser is led to this server by another site. Programs without a
 * browser send none, or whatever they like: for them the room's keys are the protection.
 */
export const isOriginAllowed = (request: IncomingMessage, allowed: AllowedOrigins): boolean => {
  const { origin, host } = request.headers
  if (allowed === undefined || origin === undefined) return true
  if (allowed.includes(origin)) return true
  return allowed.includes('self') && host !== undefined && URL.parse(origin)?.host === URL.parse(`http://${host}`)?.host
}

/** True if the client offers our subprotocol. */
export const offersProtocol = (request: IncomingMessage): boolean =>
  (request.headers['sec-websocket-protocol'] ?? '').split(',').some((name) => name.trim() === SIGNALING_PROTOCOL)

/** Answers a handshake that must not become a WebSocket, and lets go of the connection. */
export const refuseHandshake = (socket: Duplex, status: string, code: SignalingErrorCode | 'bad-handshake'): void => {
  socket.on('error', () => socket.destroy())
  if (!socket.writable) return void socket.destroy()
  socket.once('finish', () => socket.destroy())
  const head = ['Connection: close', 'Content-Type: text/plain', `Content-Length: ${code.length}`]
  socket.end(`HTTP/1.1 ${status}\r\n${head.join('\r\n')}\r\n\r\n${code}`)
}
