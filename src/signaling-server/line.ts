import type { WebSocket } from 'ws'
import { type PeerLeftWhy, type ServerFrame, SIGNALING_CLOSE, type SignalingErrorCode } from '#wire/signaling'
import type { SignalingLimits } from './limits.ts'
import type { Metrics } from './metrics.ts'
import { createOutlet } from './outlet.ts'

/** The server's voice to one device: it speaks, refuses, and hangs up once. */
export interface Line {
  /** True after the server or the device hung up: nothing is sent or obeyed any more. */
  readonly ended: boolean
  say(frame: ServerFrame): void
  /** A frame encoded once for many. */
  readonly sayText: (text: string) => void
  /** Counts and tells a refusal; the connection stays. */
  refuse(code: SignalingErrorCode, more?: { ref?: number; retryMs?: number }): void
  /** Nothing more is said, while the connection is still open. */
  readonly mute: () => void
  hangUp(code: number, reason: string, why?: PeerLeftWhy): void
  /** The socket closed, or is about to by itself. */
  lost(why: PeerLeftWhy): void
}

interface LineOptions {
  readonly limits: SignalingLimits
  readonly metrics: Metrics
  /** Called once, when the line has ended. */
  readonly onEnd: (why: PeerLeftWhy) => void
}

export const createLine = (socket: WebSocket, { limits, metrics, onEnd }: LineOptions): Line => {
  let ended = false
  const lost = (why: PeerLeftWhy) => {
    if (ended) return
    ended = true
    outlet.close()
    onEnd(why)
  }
  const hangUp = (code: number, reason: string, why: PeerLeftWhy = 'left') => {
    // The others must not be told by a listener that throws: close first.
    socket.close(code, reason)
    lost(why)
  }
  const outlet = createOutlet(socket, {
    limits,
    metrics,
    onSlow() {
      metrics.refused('slow-consumer')
      hangUp(SIGNALING_CLOSE.tryLater, 'slow-consumer', 'timeout')
    },
  })
  const say = (frame: ServerFrame) => outlet.send(JSON.stringify(frame))
  return {
    get ended() {
      return ended
    },
    say,
    sayText: outlet.send,
    refuse(code, more = {}) {
      metrics.refused(code)
      say({ t: 'error', code, ...more })
    },
    mute: outlet.close,
    hangUp,
    lost,
  }
}
