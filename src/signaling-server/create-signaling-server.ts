import { createServer, type RequestListener, type Server } from 'node:http'
import { createWebCrypto } from '#adapters/crypto/web-crypto'
import { FieldmeshError } from '#model/fault'
import { refuseHandshake } from './admission.ts'
import { type Backplane, createMemoryBackplane } from './backplane.ts'
import { createRequestHandler, type RequestHandler } from './http-endpoints.ts'
import { createHub, type Hub } from './hub.ts'
import { createJoinChecks, type VerifyToken } from './join-checks.ts'
import { resolveLimits, type SignalingLimits } from './limits.ts'
import { createMetrics, formatMetrics, type Metrics } from './metrics.ts'
import { createTokenVerifier } from './operator-tokens.ts'
import { createRooms } from './rooms.ts'
import { createToken } from './token.ts'
import { checkTurn, type TurnOptions, turnCredentials } from './turn-credentials.ts'

export interface SignalingServerOptions {
  /** TCP port; 0, the default, takes any free one. */
  readonly port?: number
  /** Address to listen on; 127.0.0.1 by default, so that nothing is open to a network unasked. */
  readonly host?: string
  /** What joins several servers into one; by default the server stands alone. */
  readonly backplane?: Backplane
  /** Web origins such as `https://app.example.org` whose pages may connect, and `'self'`; all by default. */
  readonly allowedOrigins?: readonly string[]
  /**
   * Proxies in front of the server that the operator answers for; 0 by default. Each adds the address it was called
   * from to `X-Forwarded-For`; limits per address then count by what the outermost of them saw.
   */
  readonly trustProxy?: number
  /**
   * Checks the tokens (JWT) that devices send: a secret of at least 32 bytes (HS256), or a public JWK as JSON (Ed25519,
   * P-256). A token has an `exp`, may have an `nbf`, and may name the one `room` it is for, by its id.
   */
  readonly operatorKey?: string
  /** No device gets in without a token; takes `operatorKey`. By default a device without one does. */
  readonly requireToken?: boolean
  /** Tokens are for this audience (`aud`) only; takes `operatorKey`. */
  readonly tokenAudience?: string
  /** In the place of `operatorKey`: asked for every join. By default every device that proves itself gets in. */
  readonly verifyToken?: VerifyToken
  /** A TURN server whose credentials devices are given as they join, each its own. */
  readonly turn?: TurnOptions
  /** Changes to {@link SIGNALING_LIMITS}. */
  readonly limits?: Partial<SignalingLimits>
  /** Answers every HTTP request but `/healthz`, `/readyz` and `/metrics`. */
  readonly onRequest?: RequestHandler
}

export interface SignalingServer {
  /** `ws://host:port` */
  readonly url: string
  readonly port: number
  /** Tells every device when to come back, closes with 1012, and resolves when all is closed. Idempotent. */
  close(): Promise<void>
}

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) =>
      reject(
        new FieldmeshError(error.code === 'EADDRINUSE' ? 'port-taken' : 'listen-failed', `${host}:${port}`, {
          cause: error,
        }),
      )
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      // Nothing that the listening socket reports later is worth the server.
      server.on('error', () => {})
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })

const checkOptions = ({ port = 0, host, allowedOrigins: origins, trustProxy = 0, turn }: SignalingServerOptions) => {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new FieldmeshError('options-invalid', 'port takes 0 to 65535.')
  if (host === '') throw new FieldmeshError('options-invalid', 'host takes an address to listen on.')
  if (!Number.isInteger(trustProxy) || trustProxy < 0 || trustProxy > MOST_PROXIES)
    throw new FieldmeshError('options-invalid', `trustProxy takes 0 to ${MOST_PROXIES}.`)
  if (turn) checkTurn(turn)
  for (const origin of origins ?? []) {
    if (origin !== 'self' && URL.parse(origin)?.origin !== origin)
      throw new FieldmeshError('options-invalid', `“${origin}” is not an origin such as https://app.example.org.`)
  }
}

const verifierOf = async (options: SignalingServerOptions): Promise<VerifyToken | undefined> => {
  const { operatorKey: key, requireToken: isRequired = false, tokenAudience: audience, verifyToken } = options
  if (key === undefined && (isRequired || audience !== undefined))
    throw new FieldmeshError('options-invalid', 'requireToken and tokenAudience take operatorKey with them.')
  if (key === undefined) return verifyToken
  if (verifyToken) throw new FieldmeshError('options-invalid', 'operatorKey and verifyToken exclude each other.')
  return createTokenVerifier({ key, isRequired, ...(audience !== undefined && { audience }) })
}

/** More in a row nobody runs; a number beyond is a mistake. */
const MOST_PROXIES = 8

/** HTTP around the hub, with bounds on handshakes that never end. */
const createHttpServer = (
  hub: Hub,
  metrics: Metrics,
  { handshakeMs, connections }: SignalingLimits,
  handler: RequestListener,
) => {
  const checks = {
    headersTimeout: handshakeMs,
    requestTimeout: handshakeMs,
    connectionsCheckingInterval: handshakeMs / 2,
  }
  const server = createServer(checks, handler)
  server.maxConnections = connections
  server.on('drop', () => metrics.refused('rate-limited'))
  server.on('upgrade', hub.upgrade)
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
    metrics.refused('bad-handshake')
    refuseHandshake(socket, isLate ? '408 Request Timeout' : '400 Bad Request', 'bad-handshake')
  })
  return server
}

/**
 * Starts a signaling server: rooms, relays, limits, health and metrics. It keeps nothing and logs nothing. Into a room
 * gets who proves to have its key; the server needs no list of rooms or devices for that.
 *
 * @throws FieldmeshError `options-invalid`, `port-taken`, `listen-failed`
 * @example
 * const server = await createSignalingServer({ port: 8787 })
 * console.log(server.url)   // ws://127.0.0.1:8787
 * await server.close()
 */
export const createSignalingServer = async (options: SignalingServerOptions = {}): Promise<SignalingServer> => {
  const {
    port: wanted = 0,
    host = '127.0.0.1',
    backplane = createMemoryBackplane(),
    allowedOrigins,
    trustProxy = 0,
    turn,
    onRequest,
  } = options
  checkOptions(options)
  const limits = resolveLimits(options.limits)
  const verifyToken = await verifierOf(options)
  const node = createToken()
  const metrics = createMetrics()
  const onMalformed = () => metrics.refused('bad-message')
  const rooms = createRooms({ node, capacity: limits.roomPeers, backplane, now: Date.now, onMalformed })
  const now = () => performance.now()
  const checks = createJoinChecks({ suite: createWebCrypto(), limits, verifyToken, now })
  const iceFor = (peer: string) => (turn ? [turnCredentials(turn, peer, Date.now())] : [])
  const hub = createHub({ node, limits, metrics, rooms, checks, iceFor, now, allowedOrigins, trustProxy })

  let closing: Promise<void> | undefined
  const isReady = () => closing === undefined && backplane.status() === 'up'
  const counts = () => formatMetrics(metrics, rooms.size)
  const server = createHttpServer(hub, metrics, limits, createRequestHandler({ counts, isReady, onRequest }))
  const port = await listen(server, wanted, host)
  const shutDown = async () => {
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
    await hub.drain()
    await backplane.drain()
    server.closeAllConnections()
    await closed
  }
  return {
    url: `ws://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    close: () => (closing ??= shutDown()),
  }
}
