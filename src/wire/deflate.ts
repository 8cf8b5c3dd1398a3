import { deflateSync, Inflate } from 'fflate'
import { LIMITS } from '#model/limits'
import { joined } from './joined.ts'

/** Measured (bench/entry-codec.bench.ts): within a twentieth of the size of 9, in four fifths of its time or less. */
const LEVEL = 5

/**
 * fflate grows its buffer for as long as one push yields output, at most 1,032 times the input: so little is pushed
 * at once that a bomb yields 4 MiB beyond the cap at the most before it is noticed, and so much that it stays fast.
 */
const SLICE = 4_096

/** A message as it is best sent: raw deflate (RFC 1951) where that is smaller, as it is where not. */
export const packBytes = (bytes: Uint8Array): { readonly bytes: Uint8Array; readonly deflated: boolean } => {
  if (bytes.length < LIMITS.deflateFromBytes) return { bytes, deflated: false }
  const packed = deflateSync(bytes, { level: LEVEL })
  return packed.length < bytes.length ? { bytes: packed, deflated: true } : { bytes, deflated: false }
}

/** Inflates raw deflate of at most `cap` bytes; undefined where it is damaged, cut short or yields more. */
export const inflateCapped = (bytes: Uint8Array, cap: number): Uint8Array | undefined => {
  if (bytes.length === 0) return undefined
  const parts: Uint8Array[] = []
  let size = 0
  const stream = new Inflate((part) => {
    size += part.length
    if (size > cap) throw new RangeError('beyond the cap')
    parts.push(part)
  })
  try {
    for (let at = 0; at < bytes.length; at += SLICE)
      stream.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length)
  } catch {
    return undefined
  }
  return joined(parts, size)
}
