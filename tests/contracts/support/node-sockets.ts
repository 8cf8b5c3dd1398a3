import { createWebCrypto } from '#adapters/crypto/web-crypto'
import { createSocketLogic } from '#adapters/websocket/socket'
import type { SocketHarness } from '#contracts/socket/socket-harness'
import { createMortalServer } from './mortal-server.ts'
import { real } from './real-until.ts'

/** Node's own WebSocket and the real server. */
export const nodeSockets: SocketHarness = {
  open: async (bounds) => ({
    ...(await createMortalServer(bounds)),
    suite: createWebCrypto(),
    socket: (_, trust) => createSocketLogic({ trust }),
  }),
  until: real,
  powers: ['bounds', 'drain', 'lie'],
}
