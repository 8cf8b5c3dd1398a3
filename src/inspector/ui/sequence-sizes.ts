import type { SequenceScale } from './sequence-model.ts'

/** Sizes of a sequence diagram, px. */
export const SEQUENCE = {
  row: 24,
  /** The names of the lifelines, which stay at the top; as the style sheet has it. */
  heads: 38,
  /** From lifeline to lifeline. */
  column: { actors: 112, devices: 380 },
  /** Room for the times on the left. */
  gutter: 112,
  /** An arrow from or to nobody that is known. */
  stub: 70,
  tip: 8,
  loop: 9,
} as const

/** Where a lifeline stands. */
export const lineX = (index: number, scale: SequenceScale): number =>
  SEQUENCE.gutter + SEQUENCE.column[scale] * (index + 0.5)

/** Where the arrow of a row lies. */
export const rowY = (row: number): number => (row + 0.68) * SEQUENCE.row

export const sequenceWidth = (lines: number, scale: SequenceScale): number =>
  SEQUENCE.gutter + SEQUENCE.column[scale] * lines + SEQUENCE.stub
