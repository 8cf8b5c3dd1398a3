import { deflateSync, Inflate } from 'fflate'
import { LIMITS } from '#model/limits'
import { DICTIONARY } from './dictionary.ts'
import { joined } from './joined.ts'

/** Measured (bench/entry-codec.bench.ts): within a twentieth of the size of 9, in four fifths of its time or less. */
const LEVEL = 5
/** 64 Ki places to remember texts by: as good as fflate's own choice for a batch, with a megabyte less to allocate. */
const MEMORY = 4
/** Beneath this a sixteenth of them is enough, and an edit does not pay for a batch. */
const SMALL = 16 * 1_024

/** What is noise here, a photo or a sealed text, is noise throughout: not worth four times the time of a reading. */
const SAMPLE = 4_096
const NOISE_SHARE = 0.95

/**
 * fflate grows its buffer for as long as one push yields output, at most 1,032 times the input: so little is pushed
 * at once that a bomb yields 16 MiB beyond the cap at the most before it is noticed, and so much that it stays fast
 * (each push copies a window of 32 KiB; a quarter of this costs twice the time).
 */
const SLICE = 16_384

/** A message as it is best sent: raw deflate (RFC 1951) with a preset dictionary where that is smaller, as it is where not. */
export const packBytes = (bytes: Uint8Array): { readonly bytes: Uint8Array; readonly deflated: boolean } => {
  if (bytes.length < LIMITS.deflateFromBytes || isNoise(bytes)) return { bytes, deflated: false }
  const packed = deflateSync(bytes, { level: LEVEL, mem: bytes.length < SMALL ? 0 : MEMORY, dictionary: DICTIONARY })
  return packed.length < bytes.length ? { bytes: packed, deflated: true } : { bytes, deflated: false }
}

/** Judged by a piece from the middle; a short message is tried whole. */
const isNoise = (bytes: Uint8Array): boolean => {
  if (bytes.length < SMALL) return false
  const middle = (bytes.length - SAMPLE) >> 1
  const sample = bytes.subarray(middle, middle + SAMPLE)
  return deflateSync(sample, { level: 1, mem: 0 }).length > NOISE_SHARE * SAMPLE
}

/** Inflates what `packBytes` deflated, at most `cap` bytes; undefined where it is damaged, cut short or yields more. */
export const inflateCapped = (bytes: Uint8Array, cap: number): Uint8Array | undefined => {
  if (bytes.length === 0) return undefined
  const parts: Uint8Array[] = []
  let size = 0
  const stream = new Inflate({ dictionary: DICTIONARY }, (part) => {
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
