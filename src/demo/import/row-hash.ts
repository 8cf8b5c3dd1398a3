import type { Json } from '#model/entry'

/**
 * 64 bits of what a row holds, as 16 hex digits: the same for the same values, whatever the order of the columns and
 * whether a number was read as text. Among a million rows two different ones meet once in 30 million files.
 */
export const rowHash = (cells: ReadonlyMap<string, Json>): string => {
  const sorted = [...cells].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return hash64(JSON.stringify(sorted.map(([name, value]) => [name, textOf(value)])))
}

const textOf = (value: Json): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

/** Two 32-bit lanes with the multipliers of murmur, mixed into each other at the end (cyrb64). */
const hash64 = (text: string): string => {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 0x9e3779b1)
    low = Math.imul(low ^ unit, 0x5f356495)
  }
  const mixedHigh = mix(high) ^ mixOther(low)
  const mixedLow = mix(low) ^ mixOther(mixedHigh)
  return hex(mixedLow) + hex(mixedHigh)
}

const mix = (lane: number): number => Math.imul(lane ^ (lane >>> 16), 0x85ebca6b)
const mixOther = (lane: number): number => Math.imul(lane ^ (lane >>> 13), 0xc2b2ae35)
const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0')
