import { MEMBERSHIP_BOUNDS } from './membership-bounds.ts'

type Range = readonly [first: number, last: number]

/**
 * Characters that show as nothing or turn the writing around: with them a name reads as another on the screen where it
 * is confirmed. Code points, not Unicode's classes: those grow with every version, and devices of any age must agree.
 */
const DECEPTIVE: readonly Range[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xe0000, 0xe0fff],
]
const SPACES: readonly Range[] = [
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
]
/** What only joins, parts or colors others, as in emoji and in Persian. */
const JOINERS: readonly Range[] = [
  [0x200c, 0x200d],
  [0xfe00, 0xfe0f],
]

const isIn = (ranges: readonly Range[], point: number | undefined): boolean =>
  point !== undefined && ranges.some(([first, last]) => first <= point && point <= last)

/** True for 1 to 64 UTF-16 code units, no white space around, nothing in it that cannot be seen. */
export const isMemberName = (name: unknown): name is string => {
  if (typeof name !== 'string' || name.length > MEMBERSHIP_BOUNDS.nameLength || !name.isWellFormed()) return false
  const points = Array.from(name, (character) => character.codePointAt(0) ?? 0)
  if (isIn(SPACES, points[0]) || isIn(SPACES, points.at(-1))) return false
  return points.some((point) => !isIn(JOINERS, point)) && !points.some((point) => isIn(DECEPTIVE, point))
}
