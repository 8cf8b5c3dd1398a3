/** Protocol of this version; a device that speaks another is refused with `wire-version`. */
export const PROTOCOL = 1

/** Order of sending at chunk granularity, smallest first. */
export const PRIORITY = { control: 0, live: 1, backfill: 2, attachment: 3 } as const
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY]
