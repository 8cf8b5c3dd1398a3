import { describe, expect, test } from 'vitest'
import { createTimeline } from './timeline.ts'

const runAll = (timeline: ReturnType<typeof createTimeline>) => {
  while (timeline.step());
}

describe('a timeline', () => {
  test('fires in order of time, and those of one ms in the order they were armed', () => {
    const timeline = createTimeline()
    const seen: string[] = []
    for (const [ms, name] of [
      [30, 'd'],
      [10, 'a'],
      [20, 'b'],
      [20, 'c'],
    ] as const)
      timeline.after(ms, () => seen.push(`${name}@${timeline.now()}`))
    runAll(timeline)
    expect(seen).toEqual(['a@10', 'b@20', 'c@20', 'd@30'])
  })

  test('a task sees its own time, and what it arms comes after it', () => {
    const timeline = createTimeline()
    const seen: number[] = []
    timeline.after(5, () => {
      seen.push(timeline.now())
      timeline.after(0, () => seen.push(timeline.now()))
      timeline.after(-3, () => seen.push(timeline.now()))
    })
    runAll(timeline)
    expect(seen).toEqual([5, 5, 5])
  })

  test('a canceled timer never fires and is not the next one', () => {
    const timeline = createTimeline()
    const gone = timeline.after(1, () => expect.unreachable())
    timeline.after(2, () => {})
    timeline.cancel(gone)
    timeline.cancel(undefined)
    expect(timeline.nextAt()).toBe(2)
    expect(timeline.armed).toBe(1)
    runAll(timeline)
    expect(timeline.armed).toBe(0)
  })

  test('ten thousand timers come out sorted', () => {
    const timeline = createTimeline()
    const seen: number[] = []
    for (let i = 0; i < 10_000; i++) timeline.after((i * 7_919) % 1_009, () => seen.push(timeline.now()))
    runAll(timeline)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen).toHaveLength(10_000)
  })

  test('skipping moves the time forward, never back', () => {
    const timeline = createTimeline()
    timeline.skipTo(50)
    timeline.skipTo(20)
    expect(timeline.now()).toBe(50)
  })
})
