import { FieldmeshError, type FaultCode } from '#model/fault'
import { LIMITS } from '#model/limits'
import { kindNumber, kindOf, messageLimit } from './kinds.ts'
import type { MessageKind, Priority } from './messages.ts'

/** What every chunk of a message says of it. */
export interface MessageHead {
  readonly kind: MessageKind
  /** uint32, the sender's; unique among the messages it has under way on one link. */
  readonly msgId: number
  readonly priority: Priority
  /** The message is raw deflate (RFC 1951). */
  readonly deflated: boolean
}

/** One parsed chunk. `payload` is a view of the frame. */
export interface Chunk extends MessageHead {
  readonly index: number
  /** Chunks of the message, and its bytes as sent. */
  readonly total: number
  readonly totalBytes: number
  readonly payload: Uint8Array
}

/** A chunk, or why the frame is none; `msgId` where the frame at least names a message. */
export type ParsedChunk =
  | { readonly ok: true; readonly chunk: Chunk }
  | { readonly ok: false; readonly fault: FaultCode; readonly reason: string; readonly msgId?: number }

/** Version of the chunk's header. */
const VERSION = 1
const FIRST = 1
const LAST = 2
const DEFLATE = 4
const PRIORITY_SHIFT = 3
const PRIORITY_MASK = 3 << PRIORITY_SHIFT
const KNOWN_FLAGS = FIRST | LAST | DEFLATE | PRIORITY_MASK
const HEADER = LIMITS.chunkHeaderBytes

/** Bytes of a message in every chunk but the last. */
export const CHUNK_PAYLOAD = LIMITS.chunkBytes - HEADER

/** Chunks of a message of so many bytes; an empty one has one. */
export const chunkCount = (totalBytes: number): number => Math.max(1, Math.ceil(totalBytes / CHUNK_PAYLOAD))

/** The frame of one chunk: header (big-endian `ver, flags, kind, msgId, index, total, totalBytes`) and payload. */
export const chunkAt = (bytes: Uint8Array, head: MessageHead, index: number): Uint8Array => {
  const total = chunkCount(bytes.length)
  const payload = bytes.subarray(index * CHUNK_PAYLOAD, (index + 1) * CHUNK_PAYLOAD)
  const frame = new Uint8Array(HEADER + payload.length)
  const view = new DataView(frame.buffer)
  view.setUint8(0, VERSION)
  view.setUint8(1, flagsOf(head, index, total))
  view.setUint16(2, kindNumber(head.kind))
  view.setUint32(4, head.msgId)
  view.setUint16(8, index)
  view.setUint16(10, total)
  view.setUint32(12, bytes.length)
  frame.set(payload, HEADER)
  return frame
}

/**
 * The frames of a message, each made when it is asked for: one copy of the message in all.
 *
 * @throws FieldmeshError `wire-too-large` where the receiver would refuse the message for its size.
 */
export function* chunksOf(bytes: Uint8Array, head: MessageHead): Generator<Uint8Array, void, undefined> {
  checkSize(bytes, head.kind)
  const total = chunkCount(bytes.length)
  for (let index = 0; index < total; index++) yield chunkAt(bytes, head, index)
}

/** @throws FieldmeshError `wire-too-large` beyond what a receiver takes of this kind. */
export const checkSize = (bytes: Uint8Array, kind: MessageKind): void => {
  if (bytes.length > messageLimit(kind))
    throw new FieldmeshError('wire-too-large', `${bytes.length} bytes of ${kind}, at most ${messageLimit(kind)}.`)
}

/**
 * Parses one received frame. What follows from `totalBytes` must be just so: the number of chunks, the size of each,
 * the flags of the first and the last. A chunk that disagrees with itself never reaches the depot.
 */
export const parseChunk = (frame: Uint8Array): ParsedChunk => {
  if (frame.length < HEADER) return no('wire-malformed', `a frame of ${frame.length} bytes`)
  if (frame.length > LIMITS.chunkBytes) return no('wire-too-large', `a frame of ${frame.length} bytes`)
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint8(0) !== VERSION) return no('wire-version', `chunk version ${view.getUint8(0)}`)
  const kind = kindOf(view.getUint16(2))
  const msgId = view.getUint32(4)
  if (kind === undefined) return no('wire-malformed', `unknown kind ${view.getUint16(2)}`, msgId)
  return checked(view.getUint8(1), {
    kind,
    msgId,
    priority: ((view.getUint8(1) & PRIORITY_MASK) >> PRIORITY_SHIFT) as Priority,
    deflated: (view.getUint8(1) & DEFLATE) !== 0,
    index: view.getUint16(8),
    total: view.getUint16(10),
    totalBytes: view.getUint32(12),
    payload: frame.subarray(HEADER),
  })
}

const checked = (flags: number, chunk: Chunk): ParsedChunk => {
  const { msgId, kind, index, total, totalBytes, payload } = chunk
  if (flags & ~KNOWN_FLAGS) return no('wire-malformed', 'an unknown flag is set', msgId)
  if (totalBytes > messageLimit(kind)) return no('wire-too-large', `${totalBytes} bytes of ${kind}`, msgId)
  if (total !== chunkCount(totalBytes)) return no('wire-malformed', `${totalBytes} bytes in ${total} chunks`, msgId)
  if (index >= total) return no('wire-malformed', `chunk ${index} of ${total}`, msgId)
  if (flags !== flagsOf(chunk, index, total)) return no('wire-malformed', 'first or last is flagged wrong', msgId)
  const size = Math.min(CHUNK_PAYLOAD, totalBytes - index * CHUNK_PAYLOAD)
  if (payload.length !== size) return no('wire-malformed', `${payload.length} bytes where ${size} belong`, msgId)
  return { ok: true, chunk }
}

const flagsOf = (head: MessageHead, index: number, total: number): number =>
  (index === 0 ? FIRST : 0) |
  (index === total - 1 ? LAST : 0) |
  (head.deflated ? DEFLATE : 0) |
  (head.priority << PRIORITY_SHIFT)

const no = (fault: FaultCode, reason: string, msgId?: number): ParsedChunk => ({
  ok: false,
  fault,
  reason,
  ...(msgId !== undefined && { msgId }),
})
