import { beforeEach, describe, expect, test } from 'vitest'
import { createHost, type Host } from './host.ts'
import { createNetwork } from './network.ts'
import { createRandom } from './random.ts'
import { createTimeline, type Timeline } from './timeline.ts'
import { createTrace } from './trace.ts'

let timeline: Timeline
let host: Host
let seen: string[]
beforeEach(() => {
  timeline = createTimeline()
  seen = []
  host = createHost({ name: 'a', timeline, wallNow: () => 1_000.7 + timeline.now() })
})
const runAll = () => {
  while (timeline.step());
}
const say = (what: string) => () => void seen.push(`${what}@${timeline.now()}`)

describe('a page that stands still', () => {
  test('runs what came due and what came from outside when it thaws, in order', () => {
    host.wall.setTimeout(say('timer'), 10)
    timeline.after(20, () => host.deliver(say('message')))
    timeline.after(5, () => host.freeze())
    timeline.after(100, () => host.thaw())
    runAll()
    expect(seen).toEqual(['timer@100', 'message@100'])
  })

  test('hears what came meanwhile before what comes at the moment of the thaw, and all of it in order', () => {
    const network = createNetwork({
      timeline,
      random: createRandom(7),
      trace: createTrace(),
      road: { latencyMs: 10, jitterMs: 0 },
    })
    const pipe = network.pipe('b', 'a')
    const order: number[] = []
    const ticks = Array.from({ length: 30 }, (_, i) => i)
    timeline.after(12, () => host.freeze())
    timeline.after(20, () => host.thaw())
    for (const i of ticks) timeline.after(i, () => pipe.send(1, () => host.deliver(() => order.push(i)), `${i}`))
    runAll()
    expect(order).toEqual(ticks)
  })

  test('that is frozen anew while it catches up goes on where it was, and stays in order', () => {
    const order: number[] = []
    host.freeze()
    for (const i of [1, 2, 3])
      host.deliver(() => {
        order.push(i)
        if (i === 1) host.freeze()
      })
    host.thaw()
    runAll()
    expect(order).toEqual([1])
    host.deliver(() => order.push(4))
    host.thaw()
    runAll()
    expect(order).toEqual([1, 2, 3, 4])
  })

  test('a timer cleared before the thaw does not run', () => {
    const id = host.wall.setTimeout(say('timer'), 10)
    host.freeze()
    runAll()
    expect(host.timers).toBe(1)
    host.wall.clearTimeout(id)
    host.thaw()
    runAll()
    expect(seen).toEqual([])
    expect(host.timers).toBe(0)
  })
})

describe('a page without power', () => {
  test('never runs anything again, and only the operating system still acts', () => {
    host.wall.setTimeout(say('timer'), 10)
    host.onKill(say('reset'))
    host.freeze()
    host.deliver(say('waiting'))
    host.kill()
    host.thaw()
    host.deliver(say('message'))
    host.wall.setTimeout(say('late'), 1)
    runAll()
    expect(seen).toEqual(['reset@0'])
    expect(host.timers).toBe(0)
  })
})

test('the wall clock reads whole ms, the steady one the time of the world', () => {
  timeline.skipTo(5.5)
  expect(host.wall.now()).toBe(1_006)
  expect(host.steady.now()).toBe(5.5)
})
