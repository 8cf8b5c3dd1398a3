import { beforeEach, expect, test } from 'vitest'
import { createHost } from './host.ts'
import { createNetwork } from './network.ts'
import { createRandom } from './random.ts'
import { createTimeline, type Timeline } from './timeline.ts'
import { createTrace } from './trace.ts'
import { createWebSocketClass, type ServerEnd, type SimulatedSocket } from './web-socket.ts'

let timeline: Timeline
let isUp: boolean
let served: ServerEnd | undefined
let told: string[]
const runAll = () => {
  while (timeline.step());
}
const dial = (): SimulatedSocket => {
  const network = createNetwork({ timeline, random: createRandom(7), trace: createTrace() })
  const listener = {
    place: 'server',
    get isUp() {
      return isUp
    },
    accept: (end: ServerEnd) => {
      served = end
      return { received: () => {}, ended: () => {} }
    },
  }
  const host = createHost({ name: 'a', timeline, wallNow: timeline.now })
  const socket = new (createWebSocketClass(network, listener, host, 'a'))('ws://server/')
  socket.onopen = () => void told.push('open')
  socket.onerror = () => void told.push('error')
  socket.onclose = ({ code }) => void told.push(`close ${code}`)
  return socket
}
beforeEach(() => {
  timeline = createTimeline()
  isUp = true
  told = []
})

test('a dial that is refused ends with an error, then a close that says nothing', () => {
  isUp = false
  dial()
  runAll()
  expect(told).toEqual(['error', 'close 1006'])
})

test('so does one that the page itself closes before it was open', () => {
  dial().close(1000)
  runAll()
  expect(told).toEqual(['error', 'close 1006'])
})

test('a connection that was open closes without an error, with the code of whoever closed', () => {
  dial()
  runAll()
  served?.close(1012)
  runAll()
  expect(told).toEqual(['open', 'close 1012'])
})
