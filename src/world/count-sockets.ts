import type { SimulatedSocket } from '#sim/web-socket'

type SocketClass = new (url: string, protocol?: string) => SimulatedSocket

/** `readyState` from which on a socket is closed, or about to be. */
const CLOSING = 2

/** Counts the sockets of one life of a device that were opened and not closed. */
export const countSockets = () => {
  const sockets = new Set<SimulatedSocket>()
  const open = (): number => {
    for (const socket of sockets) if (socket.readyState >= CLOSING) sockets.delete(socket)
    return sockets.size
  }
  const counted = (WebSocket: SocketClass): SocketClass =>
    class extends WebSocket {
      constructor(url: string, protocol?: string) {
        super(url, protocol)
        open()
        sockets.add(this)
      }
    }
  return { counted, open }
}
