import { expect, test } from 'vitest'
import { createPacer } from '../../stories/stage/pacer.ts'
import { manualClock } from './manual-clock.ts'

const setUp = () => {
  const clock = manualClock()
  let simulated = 0
  const pacer = createPacer(clock, () => simulated)
  const free = async (at: number): Promise<boolean> => {
    let isFree = false
    void Promise.resolve(pacer.pace(at)).then(() => {
      isFree = true
      simulated = at
    })
    await Promise.resolve()
    await Promise.resolve()
    return isFree
  }
  return { clock, pacer, free, at: (ms: number) => (simulated = ms) }
}

test('time stands still until it is played, and then goes as fast as real time', async () => {
  const { clock, pacer, free } = setUp()
  expect(await free(10)).toBe(false)
  pacer.play()
  clock.pass(9)
  expect(pacer.playhead()).toBe(9)
  const other = createPacer(clock, () => 0)
  other.play()
  let isFree = false
  void other.pace(10)?.then(() => {
    isFree = true
  })
  clock.pass(9)
  await Promise.resolve()
  expect(isFree).toBe(false)
  clock.pass(1)
  await Promise.resolve()
  expect(isFree).toBe(true)
})

test('goes at the speed it is set to, from then on', async () => {
  const { clock, pacer, at } = setUp()
  pacer.play()
  clock.pass(100)
  at(100)
  pacer.setSpeed(4)
  expect(pacer.pace(140)).toBeInstanceOf(Promise)
  clock.pass(10)
  expect(pacer.pace(140)).toBeUndefined()
  pacer.setSpeed(0.1)
  at(140)
  clock.pass(10)
  expect(pacer.pace(142)).toBeInstanceOf(Promise)
})

test('while it is paused, each step lets one timer through', async () => {
  const { pacer } = setUp()
  const gone: number[] = []
  for (const at of [1, 2, 3]) void pacer.pace(at)?.then(() => gone.push(at))
  pacer.letOne()
  await Promise.resolve()
  expect(gone).toEqual([1])
  pacer.letOne()
  await Promise.resolve()
  expect(gone).toEqual([1, 2])
})

test('in a hurry nothing is held, until every hurry is over', () => {
  const { pacer } = setUp()
  const [one, two] = [pacer.hurry(), pacer.hurry()]
  expect(pacer.pace(1e9)).toBeUndefined()
  one()
  one()
  expect(pacer.pace(1e9)).toBeUndefined()
  two()
  expect(pacer.pace(1e9)).toBeInstanceOf(Promise)
})

test('a machine that cannot keep up lets the world fall behind, and does not race afterwards', () => {
  const { clock, pacer } = setUp()
  pacer.play()
  clock.pass(60_000)
  expect(pacer.pace(5)).toBeUndefined()
  expect(pacer.pace(500)).toBeInstanceOf(Promise)
})

test('one that is stopped holds everything, also in a hurry', () => {
  const { clock, pacer } = setUp()
  pacer.play()
  pacer.hurry()
  pacer.stop()
  pacer.letOne()
  clock.pass(1_000)
  expect(pacer.pace(1)).toBeInstanceOf(Promise)
})
