import { createSocketLogic } from '#adapters/websocket/socket'
import type { SocketConstructor } from '#adapters/websocket/open-socket'
import type { SocketHarness } from '#contracts/socket/socket-harness'
import { createSimCrypto } from '#sim/crypto'
import { createRandom } from '#sim/random'
import { createSimulatedSignaling, type SimulatedSignaling } from '#sim/signaling-server'
import { createWebSocketClass, type Listener, type ServerEnd } from '#sim/web-socket'
import { createSimulation, simulated } from './simulation.ts'

/** The server's ends of all connections are noted, for whoever speaks in its place. */
const noting = (server: SimulatedSignaling, ends: ServerEnd[]): Listener => ({
  place: server.place,
  get isUp() {
    return server.isUp
  },
  accept: (end, place) => {
    ends.push(end)
    return server.accept(end, place)
  },
})

/** The production socket over the simulated WebSocket and server. */
export const simulatedSockets: SocketHarness = {
  open: (bounds) => {
    const { network, host } = createSimulation()
    const suite = createSimCrypto().suiteFor(createRandom(7, 'keys').bytes)
    const server = createSimulatedSignaling(network, suite, bounds)
    const ends: ServerEnd[] = []
    const listener = noting(server, ends)
    let places = 0
    return {
      url: 'ws://simulated',
      suite,
      socket: (device, trust) => {
        const place = `${device}-${++places}`
        const page = host(place)
        const WebSocket = createWebSocketClass(network, listener, page, place) as unknown as SocketConstructor
        return createSocketLogic({ trust, WebSocket, clock: page.steady })
      },
      die: () => server.stop(),
      drain: () => server.drain(),
      lie: (text) => {
        for (const end of ends) end.send(text)
      },
    }
  },
  until: simulated,
  powers: ['bounds', 'drain', 'lie'],
}
