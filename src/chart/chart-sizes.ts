/** Type sizes of a chart in px; its styles say the same. */
export const FONT = {
  title: { size: 13, weight: 600 },
  text: { size: 11, weight: 400 },
  strong: { size: 11, weight: 500 },
} as const

/** Room in a chart, px. */
export const ROOM = {
  /** Height of a box's head, its title in the middle. */
  head: 30,
  side: 12,
  chip: 20,
  chipSide: 8,
  chipIcon: 12,
  gap: 6,
  line: 15,
  foot: 8,
  /** Chips go to a new row beyond this width. */
  chipsWidth: 220,
  /** The handle that folds a state. */
  handle: 20,
  /** The dot where a state begins. */
  start: 9,
  least: 72,
} as const

/** Lines at one edge or in one box; the rest is counted in a last one. */
export const MAX_LINES = 6

/** The font of a chart: what the device reads everything else in. */
export const FONT_FAMILY =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "Helvetica Neue", Arial, sans-serif'
