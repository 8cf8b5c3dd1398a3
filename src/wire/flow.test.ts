import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '#model/limits'
import { seeded } from '../../tests/support/random.ts'
import { packBytes } from './deflate.ts'
import { createDepot } from './depot.ts'
import type { Priority } from './messages.ts'
import { createSendQueue } from './send-queue.ts'

/** Bytes that deflate well or not at all. */
const content = (seed: number, length: number, isNoise: boolean) => {
  const next = seeded(seed)
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i++) bytes[i] = next() * (isNoise ? 256 : 4)
  return bytes
}
const plan = fc.array(
  fc.record({
    seed: fc.nat(),
    length: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 13_900, max: 14_100 }), fc.nat(60_000)),
    isNoise: fc.boolean(),
    priority: fc.integer({ min: 0, max: 3 }),
    /** Frames sent before the next message is queued. */
    pause: fc.nat(8),
  }),
  { minLength: 1, maxLength: 12 },
)

describe('from send queue to depot', { timeout: 60_000 }, () => {
  it('every message arrives byte for byte, whatever the sizes, priorities and interleaving', () => {
    fc.assert(
      fc.property(plan, (messages) => {
        const [queue, depot] = [createSendQueue(), createDepot()]
        const sent: string[] = []
        const arrived: string[] = []
        const move = (frames: number) => {
          for (let i = 0; i < frames; i++) {
            const out = queue.next(LIMITS.chunkBytes)
            if (!out) return
            const outcome = depot.deposit('link', out.frame)
            if (outcome.is === 'refused') throw new Error(outcome.reason)
            expect(depot.openMessages('link')).toBeLessThanOrEqual(4)
            if (outcome.is === 'completed')
              arrived.push(Buffer.from(depot.take(outcome.ticket) ?? []).toString('base64'))
          }
        }
        for (const { seed, length, isNoise, priority, pause } of messages) {
          const bytes = content(seed, length, isNoise)
          sent.push(Buffer.from(bytes).toString('base64'))
          queue.push({ ticket: `${seed}`, kind: 'entries', priority: priority as Priority, ...packBytes(bytes) })
          move(pause)
        }
        move(Number.POSITIVE_INFINITY)
        expect(arrived.toSorted()).toEqual(sent.toSorted())
        expect([depot.bytes, queue.bytes]).toEqual([0, 0])
      }),
      { numRuns: 50 },
    )
  })
})
