import { LIMITS } from '#model/limits'
import { CHUNK_PAYLOAD, checkSize, chunkAt, chunkCount } from './chunk.ts'
import type { MessageKind, Priority, Ticket } from './messages.ts'

/** A whole message of ours, ready to be sent (see `packBytes`). */
export interface QueuedMessage {
  /** Names the message in `finished`. */
  readonly ticket: Ticket
  readonly kind: MessageKind
  readonly priority: Priority
  readonly bytes: Uint8Array
  readonly deflated: boolean
}

/** The next frame to hand to the channel, and what its going means. */
export interface Outgoing {
  readonly frame: Uint8Array
  /** The message whose last chunk this is. */
  readonly finished?: Ticket
  /** True once each time the queue falls below `lowBytes`: there is room for another message. */
  readonly becameLow: boolean
}

export interface SendQueueOptions {
  /** Ids of messages; two queues of one link must share it. Default: 1, 2, 3 … */
  readonly nextMsgId?: () => number
  /** The low-water mark. Default: `LIMITS.batchBytes`. */
  readonly lowBytes?: number
}

/**
 * Outbound messages of one channel, interleaved at chunk granularity: control before live before backfill before
 * attachments, first in first out within one priority. Pure: the caller brings the budget and sends the frames.
 */
export interface SendQueue {
  /** False where the queue is full (`peerBytes`, `restingMessagesPerPeer`). Throws FieldmeshError `wire-too-large`. */
  push(message: QueuedMessage): boolean
  /** The next frame; undefined when there is none, or when it is larger than the budget (bytes, header included). */
  next(budgetBytes: number): Outgoing | undefined
  /** Bytes of messages not yet taken. */
  readonly bytes: number
  /** Messages not yet taken whole. */
  readonly messages: number
  /** Forgets everything; the tickets that were waiting or half sent. */
  clear(): Ticket[]
}

/** A lane passed over so often gets one frame: a half-sent message must not stall at the receiver for ever. */
const PATIENCE = 16

/** Source of message ids, uint32: 1, 2, 3 … */
export const messageIds = (): (() => number) => {
  let last = 0
  return () => {
    last = (last + 1) >>> 0
    return last
  }
}

interface Lane {
  /** The first one is being sent once `index` is above 0. */
  readonly waiting: QueuedMessage[]
  msgId: number
  index: number
  passedOver: number
}

export const createSendQueue = (options: SendQueueOptions = {}): SendQueue => new ChunkQueue(options)

class ChunkQueue implements SendQueue {
  #lanes = emptyLanes()
  readonly #nextMsgId: () => number
  readonly #lowBytes: number
  #bytes = 0
  #messages = 0

  constructor({ nextMsgId = messageIds(), lowBytes = LIMITS.batchBytes }: SendQueueOptions) {
    this.#nextMsgId = nextMsgId
    this.#lowBytes = lowBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  get messages(): number {
    return this.#messages
  }

  push(message: QueuedMessage): boolean {
    checkSize(message.bytes, message.kind)
    if (this.#bytes + message.bytes.length > LIMITS.peerBytes) return false
    if (this.#messages >= LIMITS.restingMessagesPerPeer) return false
    this.#lanes[message.priority].waiting.push(message)
    this.#bytes += message.bytes.length
    this.#messages++
    return true
  }

  next(budgetBytes: number): Outgoing | undefined {
    const lane = this.#turn()
    const message = lane?.waiting[0]
    if (lane === undefined || message === undefined) return undefined
    const left = message.bytes.length - lane.index * CHUNK_PAYLOAD
    if (Math.min(left, CHUNK_PAYLOAD) + LIMITS.chunkHeaderBytes > budgetBytes) return undefined
    this.#passOver(lane)
    return this.#take(lane, message)
  }

  clear(): Ticket[] {
    const tickets = this.#lanes.flatMap(({ waiting }) => waiting.map(({ ticket }) => ticket))
    this.#lanes = emptyLanes()
    this.#bytes = 0
    this.#messages = 0
    return tickets
  }

  /** The most urgent lane, unless one was passed over too often. */
  #turn(): Lane | undefined {
    const busy = this.#lanes.filter(({ waiting }) => waiting.length > 0)
    return busy.find(({ passedOver }) => passedOver >= PATIENCE) ?? busy[0]
  }

  #passOver(taken: Lane): void {
    for (const it of this.#lanes) it.passedOver = it === taken || it.waiting.length === 0 ? 0 : it.passedOver + 1
  }

  #take(lane: Lane, message: QueuedMessage): Outgoing {
    if (lane.index === 0) lane.msgId = this.#nextMsgId()
    const frame = chunkAt(message.bytes, { ...message, msgId: lane.msgId }, lane.index)
    lane.index++
    const wasLow = this.#bytes < this.#lowBytes
    this.#bytes -= frame.length - LIMITS.chunkHeaderBytes
    const becameLow = !wasLow && this.#bytes < this.#lowBytes
    if (lane.index < chunkCount(message.bytes.length)) return { frame, becameLow }
    lane.waiting.shift()
    lane.index = 0
    this.#messages--
    return { frame, finished: message.ticket, becameLow }
  }
}

/** One lane for each priority, most urgent first. */
const emptyLanes = (): [Lane, Lane, Lane, Lane] => [emptyLane(), emptyLane(), emptyLane(), emptyLane()]
const emptyLane = (): Lane => ({ waiting: [], msgId: 0, index: 0, passedOver: 0 })
