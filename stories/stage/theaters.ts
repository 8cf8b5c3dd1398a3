import type { Theater } from './create-theater.ts'

/** The theaters of the page, by their element: play functions find them here. */
export const theaters = new WeakMap<Element, Theater>()
