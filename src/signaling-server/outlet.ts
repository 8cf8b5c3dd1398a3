import type { WebSocket } from 'ws'
import type { SignalingLimits } from './limits.ts'
import type { Metrics } from './metrics.ts'

/** The sending side of a connection, which will not pile up memory for a device that does not read. */
export interface Outlet {
  readonly send: (text: string) => void
  /** Stops watching; nothing is sent afterwards. */
  readonly close: () => void
}

/** The part of a WebSocket that is used. */
export type OutletSocket = Pick<WebSocket, 'readyState' | 'OPEN' | 'bufferedAmount' | 'send'>

const HARD_FACTOR = 4

export const createOutlet = (
  socket: OutletSocket,
  { limits, metrics, onSlow }: { limits: SignalingLimits; metrics: Metrics; onSlow: () => void },
): Outlet => {
  let timer: NodeJS.Timeout | undefined
  let open = true
  const relax = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const flushed = () => {
    if (socket.bufferedAmount <= limits.slowBytes) relax()
  }
  return {
    send(text) {
      if (!open || socket.readyState !== socket.OPEN) return
      metrics.bytesOut += Buffer.byteLength(text)
      socket.send(text, flushed)
      if (socket.bufferedAmount > HARD_FACTOR * limits.slowBytes) onSlow()
      else if (socket.bufferedAmount > limits.slowBytes) timer ??= setTimeout(onSlow, limits.slowMs)
    },
    close() {
      open = false
      relax()
    },
  }
}
