import { afterEach, expect, test, vi } from 'vitest'
import { FieldmeshError } from '#model/fault'
import { createLayouter } from './create-layouter.ts'
import { randomChart } from './random-charts.testing.ts'

const NOTHING: ReadonlySet<string> = new Set()

/** A worker that takes what it is given and never answers. */
const silentWorkers = () => {
  const terminated = vi.fn<() => void>()
  const started = vi.fn<() => void>()
  const worker = (): Worker => {
    started()
    return Object.assign(new EventTarget(), { postMessage: () => {}, terminate: terminated }) as unknown as Worker
  }
  vi.stubGlobal('Worker', class {})
  return { worker, started, terminated }
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a layouter that is stopped refuses what is under way and what waits, and begins anew', async () => {
  const { worker, started, terminated } = silentWorkers()
  const layouter = createLayouter({ worker })
  const charts = [randomChart(1, 5), randomChart(2, 5)]
  const ask = () => charts.map((chart) => layouter.layout(chart, NOTHING))
  const before = Promise.allSettled(ask())
  await vi.waitFor(() => expect(started).toHaveBeenCalledOnce())
  layouter.dispose()
  const again = Promise.allSettled(ask())
  const refused = (await before).map((each) => (each.status === 'rejected' ? (each.reason as unknown) : undefined))
  for (const reason of refused) {
    expect(reason).toBeInstanceOf(FieldmeshError)
    expect(reason).toMatchObject({ code: 'engine-stopped', hint: expect.stringContaining('again') as string })
  }
  await vi.waitFor(() => expect(started).toHaveBeenCalledTimes(2))
  expect(terminated).toHaveBeenCalledOnce()
  layouter.dispose()
  await again
})

test('a chart that is never placed is given up, and the next one gets a worker of its own', async () => {
  const { worker, started } = silentWorkers()
  const layouter = createLayouter({ worker })
  vi.useFakeTimers()
  const lost = layouter.layout(randomChart(1, 5), NOTHING).catch((error: unknown) => error)
  await vi.waitFor(() => expect(started).toHaveBeenCalledOnce())
  await vi.advanceTimersByTimeAsync(61_000)
  expect(await lost).toBeInstanceOf(FieldmeshError)
  expect(await lost).toMatchObject({ message: 'The chart could not be placed within a minute.', code: 'internal' })
  const next = Promise.allSettled([layouter.layout(randomChart(2, 5), NOTHING)])
  await vi.waitFor(() => expect(started).toHaveBeenCalledTimes(2))
  layouter.dispose()
  await next
})
