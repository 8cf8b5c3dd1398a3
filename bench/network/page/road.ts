import type { Signal } from '#wire/signal'

/** A bulk frame, ours and the plain one's alike: header and payload. */
export const FRAME_BYTES = 14_000

/** One end of a link as the traffic of the benchmark sees it, whatever lies beneath. */
export interface Road {
  /** A signal of the other end. */
  signal(signal: Signal): void
  /** From now on bulk is saturated: there is always more to send. */
  saturate(): void
  /** No new bulk. */
  relax(): void
  /** A small message on ctl; the other end answers at once. */
  ping(id: number): void
  /** Somebody's edit, 200 bytes, on bulk, as soon as it may go. */
  edit(id: number): void
  close(): void
}

/** What arrives. */
export interface Ears {
  readonly signal: (signal: Signal) => void
  readonly opened: () => void
  readonly ping: (id: number) => void
  readonly pong: (id: number) => void
  readonly edit: (id: number) => void
  /** A frame of bulk. */
  readonly bulk: (bytes: number) => void
  /** The link ended by itself. */
  readonly lost: (why: string) => void
}

export interface RoadOptions {
  readonly id: string
  readonly dials: boolean
  readonly ears: Ears
}

const EDIT_BYTES = 200

/** Bytes that deflate cannot shorten. */
export const noise = (length: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  return bytes
}

export const editOf = (id: number): Uint8Array<ArrayBuffer> => {
  const bytes = noise(EDIT_BYTES)
  new DataView(bytes.buffer).setUint32(0, id)
  return bytes
}

export const idOf = (edit: Uint8Array): number => new DataView(edit.buffer, edit.byteOffset).getUint32(0)
