import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { resolveLimits } from './limits.ts'
import { createMetrics } from './metrics.ts'
import { createOutlet, type OutletSocket } from './outlet.ts'

/** A socket whose backlog the test sets by hand. */
const setUp = () => {
  const flushes: (() => void)[] = []
  const socket = {
    readyState: 1,
    OPEN: 1,
    bufferedAmount: 0,
    send: (_text: unknown, flushed: () => void) => void flushes.push(flushed),
  } satisfies { -readonly [Key in keyof OutletSocket]: unknown }
  const onSlow = vi.fn<() => void>()
  const limits = resolveLimits({ slowBytes: 1_000, slowMs: 5_000 })
  const outlet = createOutlet(socket as unknown as OutletSocket, { limits, metrics: createMetrics(), onSlow })
  return {
    onSlow,
    outlet,
    sends: () => flushes.length,
    sendAt: (bytes: number) => {
      socket.bufferedAmount = bytes
      outlet.send('x')
    },
    flushTo: (bytes: number) => {
      socket.bufferedAmount = bytes
      flushes.at(-1)?.()
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a device that does not read', () => {
  it('is let go after its backlog stood for the whole time', () => {
    const { onSlow, sendAt } = setUp()
    sendAt(1_001)
    vi.advanceTimersByTime(4_999)
    sendAt(1_500)
    expect(onSlow).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(onSlow).toHaveBeenCalledOnce()
  })

  it('may catch up, and then has the whole time again', () => {
    const { onSlow, sendAt, flushTo } = setUp()
    sendAt(1_001)
    vi.advanceTimersByTime(4_000)
    flushTo(1_000)
    sendAt(1_001)
    vi.advanceTimersByTime(4_999)
    expect(onSlow).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(onSlow).toHaveBeenCalledOnce()
  })

  it('is let go at once when four times as much piles up', () => {
    const { onSlow, sendAt } = setUp()
    sendAt(4_000)
    expect(onSlow).not.toHaveBeenCalled()
    sendAt(4_001)
    expect(onSlow).toHaveBeenCalledOnce()
  })

  it('is sent nothing and judged no more after the end', () => {
    const { onSlow, outlet, sendAt, sends } = setUp()
    sendAt(1_001)
    outlet.close()
    sendAt(9_999)
    vi.runAllTimers()
    expect(onSlow).not.toHaveBeenCalled()
    expect(sends()).toBe(1)
  })
})
