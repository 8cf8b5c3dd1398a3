import { expect, test } from 'vitest'
import { createHost } from './host.ts'
import { createNetwork } from './network.ts'
import { createRandom } from './random.ts'
import { createSimulatedSignaling } from './signaling-server.ts'
import { createTimeline } from './timeline.ts'
import { createTrace } from './trace.ts'
import { createWebSocketClass } from './web-socket.ts'

const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1)
/** Two pings without an answer, and the one before them. */
const NOTICED_MS = 75_000

/** One device in a room. */
const joined = (seed: number) => {
  const timeline = createTimeline()
  const network = createNetwork({ timeline, random: createRandom(seed), trace: createTrace() })
  const server = createSimulatedSignaling(network)
  const host = createHost({ name: 'a', timeline, wallNow: timeline.now })
  const socket = new (createWebSocketClass(network, server, host, 'a'))('ws://server/')
  socket.onopen = () => socket.send(JSON.stringify({ t: 'join', room: 'r'.repeat(22), peer: 'p'.repeat(22) }))
  const pass = (ms: number) => {
    let isOver = false
    timeline.after(ms, () => {
      isOver = true
    })
    while (!isOver && timeline.step());
    return server.connections
  }
  return { host, pass }
}

test.each(SEEDS)('a device without power is dropped, whether its end was told or not, seed %i', (seed) => {
  const { host, pass } = joined(seed)
  expect(pass(1_000)).toBe(1)
  host.kill()
  expect(pass(NOTICED_MS)).toBe(0)
})

test('a frozen page is not: its browser goes on answering', () => {
  const { host, pass } = joined(1)
  pass(1_000)
  host.freeze()
  expect(pass(3 * NOTICED_MS)).toBe(1)
})
