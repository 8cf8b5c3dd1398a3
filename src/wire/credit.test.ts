import { describe, expect, it } from 'vitest'
import { LIMITS } from '#model/limits'
import { seeded } from '../../tests/support/random.ts'
import { createCreditCounter, createCreditWindow } from './credit.ts'

const CHUNK = LIMITS.chunkBytes

/**
 * A link of `bytesPerMs` and a round trip of `rtt` ms: what was sent queues up, arrives, and is acknowledged.
 * Returns the window and the goodput after `ms` of sending all that credit allows, and the longest queue on the way.
 * `extra` is what else delays a frame, as a lost packet does: those behind it wait for it.
 */
const run = (
  bytesPerMs: number,
  rtt: number,
  ms: number,
  sizeOf: () => number = () => CHUNK,
  extra: (now: number) => number = () => 0,
) => {
  const window = createCreditWindow()
  const counter = createCreditCounter()
  const arriving: { at: number; bytes: number }[] = []
  const acks: { at: number; count: number }[] = []
  let free = 0
  let delivered = 0
  let mostQueued = 0
  let newest = 0
  let size = sizeOf()
  for (let now = 0; now < ms; now++) {
    while (arriving[0] && arriving[0].at <= now) {
      const { bytes } = arriving.shift() ?? { bytes: 0 }
      delivered += bytes
      const count = counter.received(bytes)
      if (count !== undefined) acks.push({ at: now + rtt / 2, count })
    }
    while (acks[0] && acks[0].at <= now) expect(window.acked(acks.shift()?.count ?? 0, now)).toBeUndefined()
    while (window.budget() >= size) {
      window.sent(size, now)
      free = Math.max(free, now) + size / bytesPerMs
      newest = Math.max(newest, free + rtt / 2 + extra(now))
      arriving.push({ at: newest, bytes: size })
      size = sizeOf()
    }
    mostQueued = Math.max(mostQueued, (free - now) * bytesPerMs)
  }
  return { window: window.window, share: delivered / (bytesPerMs * ms), queueMs: Math.max(0, free - ms), mostQueued }
}

describe('receiver credit', { timeout: 30_000 }, () => {
  it('starts at 56 kB', () => {
    expect(createCreditWindow().budget()).toBe(56_000)
  })

  it('grows to its limit on a fast link', () => {
    expect(run(10_000, 50, 3_000).window).toBe(LIMITS.creditMaxBytes)
  })

  it('fills a slow link and still keeps its queue short', () => {
    const { share, queueMs } = run(250, 40, 20_000)
    expect(share).toBeGreaterThan(0.9)
    expect(queueMs).toBeLessThan(150)
  })

  // Queues: 64 KB, or 100 ms of the link.
  it.each([
    [250, 40, 64_000],
    [250, 300, 64_000],
    [1_000, 100, 100_000],
    [2_500, 20, 250_000],
    [2_500, 100, 250_000],
  ])(
    'fills %i bytes a ms with a round trip of %i ms for two minutes, and a small router drops nothing',
    (rate, rtt, most) => {
      const { share, mostQueued } = run(rate, rtt, 120_000)
      expect(share).toBeGreaterThan(0.95)
      expect(mostQueued).toBeLessThan(most)
    },
  )

  it('keeps its queue short for as long as it lasts: what it queued itself is not taken for the path', () => {
    for (const rate of [250, 1_000]) {
      const { share, mostQueued } = run(rate, 40, 600_000)
      expect(share).toBeGreaterThan(0.95)
      expect(mostQueued).toBeLessThanOrEqual(Math.max(LIMITS.creditStartBytes, 150 * rate))
    }
  })

  it('stays wide where only some are late, as behind a lost packet', () => {
    const next = seeded(5)
    const { window } = run(10_000, 50, 20_000, undefined, () => (next() < 0.002 ? 250 : 0))
    expect(window).toBeGreaterThan(LIMITS.creditMaxBytes / 2)
  })

  it('shrinks to two chunks, never below, when acknowledgments get late', () => {
    const window = createCreditWindow()
    let count = 0
    for (let i = 0; i < 25; i++) {
      while (window.budget() >= CHUNK) window.sent(CHUNK, i * 1_000)
      count += CHUNK
      window.acked(count, i * 1_000 + (i < 5 ? 20 : 900))
      expect(window.window).toBeGreaterThanOrEqual(LIMITS.creditMinBytes)
    }
    expect(window.window).toBe(LIMITS.creditMinBytes)
  })

  it('learns that the route became longer, and grows again', () => {
    const window = createCreditWindow()
    window.sent(CHUNK, 0)
    window.acked(CHUNK, 20)
    let count = CHUNK
    const widths: number[] = []
    for (let now = 100; now < 90_000; now += 300) {
      while (window.budget() >= CHUNK) {
        window.sent(CHUNK, now)
        count += CHUNK
      }
      window.acked(count, now + 250)
      widths.push(window.window)
    }
    expect(Math.min(...widths)).toBe(LIMITS.creditMinBytes)
    expect(widths.at(-1)).toBe(LIMITS.creditMaxBytes)
  })

  it('does not grow while the sender has little to say', () => {
    const window = createCreditWindow()
    for (let i = 1; i <= 200; i++) {
      window.sent(1_000, i * 10)
      window.acked(i * 1_000, i * 10 + 5)
    }
    expect(window.window).toBe(LIMITS.creditStartBytes)
  })

  it('never leaves a sender blocked for good, whatever the sizes of the frames', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const next = seeded(seed)
      const { share } = run(50, 10, 4_000, () => 17 + Math.floor(next() * (CHUNK - 16)))
      expect(share).toBeGreaterThan(0.8)
    }
  })

  it('leaves room for one more chunk even in the smallest window, once all that arrived was told', () => {
    const next = seeded(7)
    const counter = createCreditCounter()
    let untold = 0
    for (let i = 0; i < 10_000; i++) {
      const bytes = 17 + Math.floor(next() * (CHUNK - 16))
      untold = counter.received(bytes) === undefined ? untold + bytes : 0
      expect(LIMITS.creditMinBytes - untold).toBeGreaterThanOrEqual(CHUNK)
    }
  })

  it('counts on across 2^32', () => {
    const window = createCreditWindow()
    const counter = createCreditCounter()
    let acks = 0
    for (let total = 0; total < 2 ** 32 + 10 * CHUNK; total += CHUNK) {
      window.sent(CHUNK, 0)
      const count = counter.received(CHUNK)
      if (count === undefined) continue
      acks++
      if (window.acked(count, 1) !== undefined) throw new Error(`refused at ${total}`)
    }
    expect(window.inFlight).toBe(0)
    expect(acks).toBeGreaterThan(300_000)
  })

  it.each([
    ['more than was sent', CHUNK + 1],
    ['less than before', 2 ** 32 - 1],
  ])('refuses a receiver that claims %s, and stays as it was', (_, claim) => {
    const window = createCreditWindow()
    window.sent(CHUNK, 0)
    expect(window.acked(claim, 1)).toBe('wire-malformed')
    expect(window.inFlight).toBe(CHUNK)
    expect(window.acked(CHUNK, 2)).toBeUndefined()
  })
})
