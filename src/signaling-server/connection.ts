import type { RawData, WebSocket } from 'ws'
import { LIMITS } from '#model/limits'
import {
  type ClientFrame,
  type IceServer,
  type JoinFrame,
  SIGNALING_CLOSE,
  SIGNALING_VERSION,
  type SignalingErrorCode,
} from '#wire/signaling'
import { parseClientFrame } from '#wire/signaling-schema'
import { createEntrance } from './entrance.ts'
import { createGate } from './gate.ts'
import type { JoinChecks, JoinRefusal } from './join-checks.ts'
import type { SignalingLimits } from './limits.ts'
import { createLine } from './line.ts'
import { createMembership } from './membership.ts'
import type { Metrics, RefusalCode } from './metrics.ts'
import type { Rooms } from './rooms.ts'
import { createToken } from './token.ts'

/** One device's WebSocket, from hello to close. */
export interface Connection {
  /** Says when to come back, and nothing after it. */
  announceDrain(): void
  restart(): void
}

export interface ConnectionOptions {
  readonly node: string
  readonly limits: SignalingLimits
  readonly metrics: Metrics
  readonly rooms: Rooms
  readonly checks: JoinChecks
  readonly iceFor: (peer: string) => readonly IceServer[]
  /** A monotonic clock, ms. */
  readonly now: () => number
}

/** Close codes of a device that goes of its own accord. */
const FAREWELLS: readonly number[] = [1000, 1001, 1005]

/** What `ws` refuses below the protocol; it closes with 1007, 1009, 1008 (fragments) or 1002 by itself. */
const WS_REFUSALS: Readonly<Record<string, RefusalCode>> = {
  WS_ERR_INVALID_UTF8: 'bad-json',
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 'too-large',
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 'too-large',
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 'too-large',
}

/**
 * Serves one device on an open socket. Never throws: what goes wrong ends this connection alone.
 *
 * @param address what its joins are counted by
 */
export const serveConnection = (socket: WebSocket, address: string, options: ConnectionOptions): Connection => {
  const { limits, metrics, checks } = options
  const gate = createGate(limits, options.now)
  const nonce = createToken()
  let isAlive = true

  /** A bug, ours or an application's, costs one connection and not the server. */
  const guarded =
    <Args extends readonly unknown[]>(work: (...args: Args) => void) =>
    (...args: Args) => {
      try {
        work(...args)
      } catch {
        fail()
      }
    }
  const fail = () => {
    metrics.refused('internal')
    socket.terminate()
  }

  const line = createLine(socket, {
    limits,
    metrics,
    onEnd: guarded((why) => {
      clearTimeout(joinTimer)
      clearInterval(pingTimer)
      membership.leave(why)
    }),
  })
  const membership = createMembership(line, options)

  /** A frame that is none: no guess at what was meant, the connection ends. */
  const reject = (code: SignalingErrorCode) => {
    line.refuse(code)
    line.hangUp(SIGNALING_CLOSE.badData, code)
  }
  const expire = () => {
    line.refuse('join-timeout')
    line.hangUp(SIGNALING_CLOSE.tryLater, 'join-timeout')
  }
  const checkPulse = () => {
    if (!isAlive) return socket.terminate()
    isAlive = false
    socket.ping()
  }
  const admit = (frame: JoinFrame) => {
    if (membership.join(frame) === 'full') return line.hangUp(SIGNALING_CLOSE.tryLater, 'room-full')
    clearTimeout(joinTimer)
  }
  const turnAway = (refusal: JoinRefusal) => {
    const isBusy = refusal.code === 'rate-limited'
    line.refuse(refusal.code, isBusy ? { retryMs: refusal.retryMs } : {})
    line.hangUp(isBusy ? SIGNALING_CLOSE.tryLater : SIGNALING_CLOSE.auth, refusal.code)
  }
  const obey = (frame: ClientFrame) => {
    if (frame.t === 'signal') return membership.relay(frame)
    if (frame.t === 'leave') return line.hangUp(SIGNALING_CLOSE.normal, 'left')
    reject('bad-message')
  }
  const entrance = createEntrance({
    check: (frame) => checks.check(frame, nonce, address),
    most: limits.waitingFrames,
    admit,
    turnAway,
    overflow: () => turnAway({ code: 'rate-limited', retryMs: limits.busyRetryMs }),
    obey,
    isOver: () => line.ended,
    fail,
  })
  /** Control frames pass the gate too, so that a flood of pings is a flood. */
  const passes = (): boolean => {
    if (line.ended) return false
    isAlive = true
    const verdict = gate.admit()
    if (verdict !== 'pass') line.refuse('rate-limited', { retryMs: gate.waitMs() })
    if (verdict === 'expel') line.hangUp(SIGNALING_CLOSE.tryLater, 'rate-limited')
    return verdict === 'pass'
  }
  const read = (data: RawData, isBinary: boolean) => {
    if (!passes()) return
    if (isBinary || !Buffer.isBuffer(data)) return reject('bad-message')
    metrics.bytesIn += data.byteLength
    const parsed = parseClientFrame(data.toString())
    if (parsed.ok) return entrance.take(parsed.frame)
    // One signal too large is a mishap of the sender; the connection stays.
    if (parsed.code === 'too-large' && parsed.ref !== undefined) return line.refuse('too-large', { ref: parsed.ref })
    reject(parsed.code)
  }

  const joinTimer = setTimeout(guarded(expire), limits.joinMs)
  const pingTimer = setInterval(guarded(checkPulse), limits.pingMs)
  socket.on('message', guarded(read))
  socket.on('ping', guarded(passes))
  socket.on('pong', guarded(passes))
  socket.on('error', (error: Error & { readonly code?: string }) => {
    metrics.refused(WS_REFUSALS[error.code ?? ''] ?? 'bad-message')
    line.lost('left')
  })
  socket.once('close', (code) => line.lost(FAREWELLS.includes(code) ? 'left' : 'timeout'))

  line.say(helloOf(nonce, options))
  return {
    announceDrain() {
      line.say({ t: 'drain', retryMs: limits.drainRetryMs })
      line.mute()
    },
    restart: () => line.hangUp(SIGNALING_CLOSE.restart, 'restart', 'node-lost'),
  }
}

const helloOf = (nonce: string, { node, limits }: ConnectionOptions) => {
  const { frameBytes, roomPeers, perSecond, burst, joinMs, pingMs } = limits
  const boxBytes = Math.min(frameBytes, LIMITS.signalBytes)
  return {
    t: 'hello',
    v: SIGNALING_VERSION,
    nonce,
    node,
    ping: pingMs,
    limits: { frameBytes, boxBytes, roomPeers, perSecond, burst, joinMs },
  } as const
}
