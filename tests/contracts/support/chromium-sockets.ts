import { commands } from 'vitest/browser'
import { createWebCrypto } from '#adapters/crypto/web-crypto'
import { createSocketLogic } from '#adapters/websocket/socket'
import type { SocketHarness } from '#contracts/socket/socket-harness'
import { real } from './real-until.ts'

/** Chromium's WebSocket and the real server. */
export const chromiumSockets: SocketHarness = {
  open: async (bounds) => {
    const url = await commands.openServer(bounds)
    const end = (how: 'die' | 'drain' | 'dispose') => () => commands.endServer(url, how)
    return {
      url,
      suite: createWebCrypto(),
      socket: (_, trust) => createSocketLogic({ trust }),
      die: end('die'),
      drain: end('drain'),
      lie: (text) => commands.sayAsServer(url, text),
      dispose: end('dispose'),
    }
  },
  until: real,
  powers: ['bounds', 'drain', 'lie'],
}
