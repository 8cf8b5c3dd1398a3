import type { LineShape } from './shaped-line.ts'

/** A link as it is found in the field. */
export interface Condition {
  readonly name: string
  /** The same both ways; absent: the two pages talk directly. */
  readonly line?: LineShape
  /** Links of different kinds may be measured at the same time where the machine has nothing to do. */
  readonly light: boolean
  /** How long bulk is saturated, ms. */
  readonly ms: number
}

const KIB = 1_024
/** 64 KB is what a plain router keeps: a quarter of a second at 2 Mbit/s. */
const slow: LineShape = { bitsPerSecond: 2e6, delayMs: 20, bufferBytes: 64 * KIB }

/** Round trips are twice the delay. */
export const CONDITIONS: readonly Condition[] = [
  { name: '2 Mbit/s, 40 ms', line: slow, light: true, ms: 18_000 },
  { name: '2 Mbit/s, 40 ms, 1 % loss', line: { ...slow, loss: 0.01 }, light: true, ms: 18_000 },
  { name: '2 Mbit/s, 40 ms, 5 % loss', line: { ...slow, loss: 0.05 }, light: true, ms: 18_000 },
  { name: '2 Mbit/s, 40 ms, 1 MB buffer', line: { ...slow, bufferBytes: KIB * KIB }, light: true, ms: 18_000 },
  { name: '2 Mbit/s, 300 ms', line: { ...slow, delayMs: 150 }, light: true, ms: 18_000 },
  {
    name: '20 Mbit/s, 20 ms',
    line: { bitsPerSecond: 20e6, delayMs: 10, bufferBytes: 256 * KIB },
    light: false,
    ms: 5_000,
  },
  { name: 'unshaped', light: false, ms: 4_000 },
]

/** What is compared. */
export interface Variant {
  readonly name: string
  readonly plainHighBytes?: number
}

export const OURS = 'receiver credit (ours)'
export const PLAIN = 'bufferedAmount 64 KB'
export const VARIANTS: readonly Variant[] = [
  { name: OURS },
  { name: PLAIN, plainHighBytes: 64 * KIB },
  { name: 'bufferedAmount 1 MB', plainHighBytes: KIB * KIB },
]
