import { groups } from '../readings.ts'

export interface PipeOptions {
  readonly signaling: string
  readonly room: string
  readonly self: string
  /** `noise` cannot be deflated, `readings` can: what is counted are the bytes before. */
  readonly payload: 'noise' | 'readings'
}

/** A one-way road for many bytes; the page that calls `send` is the sender. */
export interface Pipe {
  /** Hands over so many bytes; resolves to when it began, ms since 1970. */
  send(total: number): Promise<number>
  /** Resolves to when so many bytes were here. */
  received(total: number): Promise<number>
}

const POOL = 4 * 1024 * 1024
const RANDOM_AT_ONCE = 65_536

const noise = (): Uint8Array<ArrayBuffer> => {
  const pool = new Uint8Array(POOL)
  for (let at = 0; at < POOL; at += RANDOM_AT_ONCE) crypto.getRandomValues(pool.subarray(at, at + RANDOM_AT_ONCE))
  return pool
}
const readings = (): Uint8Array<ArrayBuffer> => {
  const pool = new Uint8Array(POOL)
  new TextEncoder().encodeInto([...groups(POOL / 128)].map((group) => JSON.stringify(group)).join(''), pool)
  return pool
}

/** Pieces of one size, over and over from four megabytes made beforehand. */
export const piecesOf = (payload: PipeOptions['payload'], size: number): (() => Uint8Array<ArrayBuffer>) => {
  const pool = payload === 'noise' ? noise() : readings()
  let at = 0
  return () => {
    if (at + size > POOL) at = 0
    at += size
    return pool.slice(at - size, at)
  }
}
