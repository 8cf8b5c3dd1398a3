import { createSocketLogic } from '#adapters/websocket/socket'
import type { SocketConstructor } from '#adapters/websocket/open-socket'
import type { SocketHarness } from '#contracts/socket/socket-harness'
import { createSimulatedSignaling } from '#sim/signaling-server'
import { createWebSocketClass } from '#sim/web-socket'
import { createSimulation, simulated } from './simulation.ts'

/** The production socket over the simulated WebSocket and server. */
export const simulatedSockets: SocketHarness = {
  open: () => {
    const { network, host } = createSimulation()
    const server = createSimulatedSignaling(network)
    let places = 0
    return {
      url: 'ws://simulated',
      socket: (device) => {
        const place = `${device}-${++places}`
        const page = host(place)
        const WebSocket = createWebSocketClass(network, server, page, place) as unknown as SocketConstructor
        return createSocketLogic({ WebSocket, clock: page.steady })
      },
      die: () => server.stop(),
    }
  },
  until: simulated,
}
