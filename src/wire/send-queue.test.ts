import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '#model/limits'
import { CHUNK_PAYLOAD, parseChunk } from './chunk.ts'
import { PRIORITY, type Priority } from './messages.ts'
import { createSendQueue, messageIds, type QueuedMessage, type SendQueue } from './send-queue.ts'

const UNLIMITED = Number.POSITIVE_INFINITY
const message = (ticket: string, chunks: number, priority: Priority = PRIORITY.live): QueuedMessage => ({
  ticket,
  kind: 'entries',
  priority,
  bytes: new Uint8Array((chunks - 1) * CHUNK_PAYLOAD + 1),
  deflated: false,
})
/** What goes out next, as `priority:index`, at most `count` frames. */
const taken = (queue: SendQueue, count = 1_000): string[] => {
  const order: string[] = []
  while (order.length < count) {
    const out = queue.next(UNLIMITED)
    if (!out) break
    const parsed = parseChunk(out.frame)
    if (parsed.ok) order.push(`${parsed.chunk.priority}:${parsed.chunk.index}`)
  }
  return order
}
const finished = (queue: SendQueue): string[] => {
  const tickets: string[] = []
  for (let out = queue.next(UNLIMITED); out; out = queue.next(UNLIMITED)) if (out.finished) tickets.push(out.finished)
  return tickets
}

describe('the send queue', () => {
  it('lets urgent messages overtake a large one between any two of its chunks', () => {
    const queue = createSendQueue()
    queue.push(message('photo', 4, PRIORITY.attachment))
    expect(taken(queue, 1)).toEqual(['3:0'])
    queue.push(message('log', 2, PRIORITY.backfill))
    expect(taken(queue, 1)).toEqual(['2:0'])
    queue.push(message('entry', 1, PRIORITY.live))
    queue.push(message('vector', 1, PRIORITY.control))
    expect(taken(queue)).toEqual(['0:0', '1:0', '2:1', '3:1', '3:2', '3:3'])
  })

  it('keeps the order within one priority', () => {
    const queue = createSendQueue()
    for (const ticket of ['a', 'b', 'c']) queue.push(message(ticket, 2))
    expect(finished(queue)).toEqual(['a', 'b', 'c'])
  })

  it('gives every message its own id, also across two queues of a link', () => {
    const nextMsgId = messageIds()
    const queues = [createSendQueue({ nextMsgId }), createSendQueue({ nextMsgId })]
    const seen = queues.map((queue) => {
      queue.push(message('a', 1))
      const parsed = parseChunk(queue.next(UNLIMITED)?.frame ?? new Uint8Array())
      return parsed.ok ? parsed.chunk.msgId : undefined
    })
    expect(seen).toEqual([1, 2])
  })

  it('does not starve a half-sent message while urgent ones keep coming', () => {
    const queue = createSendQueue()
    queue.push(message('backfill', 3, PRIORITY.backfill))
    const order: string[] = taken(queue, 1)
    for (let i = 0; i < 60; i++) {
      queue.push(message(`live-${i}`, 1))
      order.push(...taken(queue, 1))
    }
    expect(order.filter((frame) => frame.startsWith('2:'))).toEqual(['2:0', '2:1', '2:2'])
    expect(order.indexOf('2:1')).toBe(17)
  })

  it('sends nothing beyond the budget, and does not let a smaller frame jump the line', () => {
    const queue = createSendQueue()
    queue.push(message('large', 2, PRIORITY.live))
    queue.push(message('small', 1, PRIORITY.backfill))
    expect(queue.next(LIMITS.chunkBytes - 1)).toBeUndefined()
    expect(queue.next(LIMITS.chunkBytes)?.frame.length).toBe(LIMITS.chunkBytes)
    expect(queue.next(16)).toBeUndefined()
    expect(queue.next(17)).toMatchObject({ finished: 'large' })
  })

  it('says once that it became low, each time it does', () => {
    const queue = createSendQueue({ lowBytes: 2 * CHUNK_PAYLOAD })
    const edges = () => {
      queue.push(message('m', 4))
      return Array.from({ length: 4 }, () => queue.next(UNLIMITED)?.becameLow)
    }
    expect(edges()).toEqual([false, true, false, false])
    expect(edges()).toEqual([false, true, false, false])
  })

  it('is full at its limits of bytes and of messages', () => {
    const queue = createSendQueue()
    const large = { ...message('large', 1), bytes: new Uint8Array(LIMITS.inflatedBytes) }
    expect([1, 2, 3, 4, 5].map(() => queue.push(large))).toEqual([true, true, true, true, false])
    const many = createSendQueue()
    for (let i = 0; i < LIMITS.restingMessagesPerPeer; i++) expect(many.push(message('m', 1))).toBe(true)
    expect(many.push(message('m', 1))).toBe(false)
    expect(many.messages).toBe(LIMITS.restingMessagesPerPeer)
  })

  it('refuses a message that no receiver would take', () => {
    const huge = { ...message('huge', 1), bytes: new Uint8Array(LIMITS.inflatedBytes + 1) }
    expect(() => createSendQueue().push(huge)).toThrow(expect.objectContaining({ code: 'wire-too-large' }))
  })

  it('forgets everything at once, and names what was not sent whole', () => {
    const queue = createSendQueue()
    queue.push(message('half', 2))
    queue.push(message('waiting', 1, PRIORITY.attachment))
    queue.next(UNLIMITED)
    expect(queue.clear()).toEqual(['half', 'waiting'])
    expect([queue.bytes, queue.messages, queue.next(UNLIMITED)]).toEqual([0, 0, undefined])
    queue.push(message('next', 1))
    expect(taken(queue)).toEqual(['1:0'])
  })

  it('counts bytes and messages exactly, and ends empty', () => {
    const pushes = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 })), { maxLength: 20 })
    fc.assert(
      fc.property(pushes, (all) => {
        const queue = createSendQueue()
        const messages = all.map(([chunks, priority], i) => message(`m${i}`, chunks, priority as Priority))
        for (const it of messages) queue.push(it)
        expect(queue.bytes).toBe(messages.reduce((sum, it) => sum + it.bytes.length, 0))
        expect(finished(queue).sort()).toEqual(messages.map((it) => it.ticket).sort())
        expect([queue.bytes, queue.messages]).toEqual([0, 0])
      }),
    )
  })
})
