import { beforeEach, describe, expect, test } from 'vitest'
import { createNetwork, type Network, type Pipe } from './network.ts'
import { createRandom } from './random.ts'
import { createTimeline, type Timeline } from './timeline.ts'
import { createTrace } from './trace.ts'

let timeline: Timeline
let network: Network
let seen: string[]
const build = (road = {}) => {
  timeline = createTimeline()
  seen = []
  network = createNetwork({ timeline, random: createRandom(7), trace: createTrace(), road })
}
beforeEach(() => build({ latencyMs: 10, jitterMs: 0 }))
const runAll = () => {
  while (timeline.step());
}
const send = (pipe: Pipe, name: string, size = 100) =>
  pipe.send(size, () => seen.push(`${name}@${Math.round(timeline.now())}`), name)

describe('a road', () => {
  test('takes its latency, and messages of one pipe stay in order whatever the jitter and loss', () => {
    build({ latencyMs: 10, jitterMs: 200, loss: 0.3 })
    const pipe = network.pipe('a', 'b')
    const names = Array.from({ length: 200 }, (_, i) => `${i}`)
    for (const name of names) send(pipe, name)
    runAll()
    expect(seen.map((one) => one.split('@')[0])).toEqual(names)
    expect(timeline.now()).toBeGreaterThan(210)
  })

  test('carries no more than its bandwidth, shared by all pipes of one way', () => {
    build({ latencyMs: 10, jitterMs: 0, bytesPerSecond: 10_000 })
    send(network.pipe('a', 'b'), 'one', 1_000)
    send(network.pipe('a', 'b'), 'two', 1_000)
    send(network.pipe('b', 'a'), 'back', 1_000)
    runAll()
    expect(seen).toEqual(['one@110', 'back@110', 'two@210'])
  })
})

describe('a cut road', () => {
  test('holds messages until it is open again, and then they come, in order', () => {
    const pipe = network.pipe('a', 'b')
    send(pipe, 'one')
    timeline.after(5, () => network.block('a', 'b'))
    timeline.after(6, () => send(pipe, 'two'))
    timeline.after(5_000, () => network.unblock('a', 'b'))
    runAll()
    expect(seen.map((one) => one.split('@')[0])).toEqual(['one', 'two'])
    expect(timeline.now()).toBeGreaterThan(5_000)
  })

  test('one way leaves the other open', () => {
    network.block('a', 'b')
    send(network.pipe('a', 'b'), 'there')
    send(network.pipe('b', 'a'), 'back')
    runAll()
    expect(seen).toEqual(['back@10'])
  })

  test('a place off the network reaches nobody and is reached by nobody', () => {
    network.setAttached('b', false)
    expect([network.isOpen('a', 'b'), network.isOpen('b', 'a'), network.isOpen('a', 'c')]).toEqual([false, false, true])
    network.setAttached('b', true)
    expect(network.isOpen('a', 'b')).toBe(true)
  })
})

test('what is under way when a pipe closes never arrives', () => {
  const pipe = network.pipe('a', 'b')
  send(pipe, 'one')
  pipe.close()
  runAll()
  expect(seen).toEqual([])
})

test('the fingerprint tells another byte, another time and another order apart', () => {
  const digestOf = (...notes: [number, string, Uint8Array?][]) => {
    const trace = createTrace()
    for (const note of notes) trace.note(...note)
    return trace.digest()
  }
  const base = digestOf([1, 'x', Uint8Array.of(1, 2)], [2, 'y'])
  expect(digestOf([1, 'x', Uint8Array.of(1, 2)], [2, 'y'])).toBe(base)
  expect(digestOf([1, 'x', Uint8Array.of(1, 3)], [2, 'y'])).not.toBe(base)
  expect(digestOf([1, 'x', Uint8Array.of(1, 2)], [2.5, 'y'])).not.toBe(base)
  expect(digestOf([2, 'y'], [1, 'x', Uint8Array.of(1, 2)])).not.toBe(base)
})
