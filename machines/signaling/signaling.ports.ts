import { port } from '../kit/port.ts'
import type { SocketCommand, SocketInput } from '../ports.ts'

export type { PresenceFact, SocketCommand, SocketFact, SocketInput } from '../ports.ts'

/** The empty seats of signaling. */
export const signalingPorts = {
  /** One WebSocket attempt; its clean-up leaves the room and closes the socket. */
  socket: port<SocketCommand, SocketInput>(),
}
