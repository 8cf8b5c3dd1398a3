import { SimulatedClock } from 'xstate'
import { expect, test } from 'vitest'
import type { LinkFigures } from '#adapters/webrtc/link-tap'
import { createLinkWatch, type SampledLink } from './link-watch.ts'

class CountingClock extends SimulatedClock {
  armed = 0
  override setTimeout(fire: () => void, ms: number): number {
    this.armed += 1
    return super.setTimeout(() => {
      this.armed -= 1
      fire()
    }, ms)
  }
  override clearTimeout(id: number): void {
    this.armed -= 1
    super.clearTimeout(id)
  }
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
const begin = () => {
  const clock = new CountingClock()
  const watch = createLinkWatch(clock)
  const asked: string[] = []
  const link = (connId: string, figures: () => Promise<LinkFigures | undefined> = async () => ({ rttMs: 3 })) =>
    watch.tap({
      peerId: 'b',
      connId,
      figures: () => {
        asked.push(connId)
        return figures()
      },
    })
  const heard: SampledLink[] = []
  const turn = async (ms: number) => {
    clock.increment(ms)
    await settled()
  }
  return { clock, watch, asked, link, heard, turn, listen: () => watch.listen((each) => heard.push(each)) }
}

test('while nobody listens, no link is asked and no timer runs', async () => {
  const { clock, asked, link, turn } = begin()
  link('c1').opened()
  await turn(60_000)
  expect([asked, clock.armed]).toEqual([[], 0])
})

test('a listener gets figures when a link opens and every 5 s, no oftener', async () => {
  const { asked, link, heard, listen, turn } = begin()
  listen()
  const tapping = link('c1')
  await turn(0)
  expect(asked).toEqual([])
  tapping.opened()
  tapping.opened()
  await turn(4_999)
  expect(heard).toEqual([{ peerId: 'b', connId: 'c1', figures: { rttMs: 3 } }])
  await turn(1)
  await turn(5_000)
  expect(heard).toHaveLength(3)
})

test('one that comes late gets what there is at once', async () => {
  const { link, heard, listen, turn } = begin()
  link('c1')
  listen()
  await turn(0)
  expect(heard).toHaveLength(1)
})

test('the timer ends with the last link and with the last listener', async () => {
  const { clock, link, listen, turn, asked } = begin()
  const stop = listen()
  const [first, second] = [link('c1'), link('c2')]
  expect(clock.armed).toBe(1)
  first.gone()
  second.gone()
  expect(clock.armed).toBe(0)
  link('c3')
  expect(clock.armed).toBe(1)
  stop()
  expect(clock.armed).toBe(0)
  await turn(20_000)
  expect(asked).toEqual([])
})

test('a browser that answers slowly is not asked twice, and one that answers too late is not heard', async () => {
  const { asked, link, heard, listen, turn } = begin()
  const answers: ((figures: LinkFigures) => void)[] = []
  listen()
  const tapping = link('c1', () => new Promise((resolve) => answers.push(resolve)))
  await turn(20_000)
  expect(asked).toEqual(['c1'])
  tapping.gone()
  answers[0]?.({ rttMs: 1 })
  await settled()
  expect(heard).toEqual([])
})

test('a stack without statistics is nothing to tell of', async () => {
  const { asked, link, heard, listen, turn } = begin()
  listen()
  link('c1', async () => undefined)
  await turn(5_000)
  expect([asked.length, heard.length]).toEqual([1, 0])
})
