/** Rows from `first` to before `last`. */
export interface RowWindow {
  readonly first: number
  readonly last: number
}

/** Drawn beyond the edges, so that a quick scroll or the Tab key finds rows there. */
const OVERSCAN = 10

/** The rows of equal height that are in sight of a scroller, and some around them. */
export const rowWindow = (scrollTop: number, viewHeight: number, rowHeight: number, count: number): RowWindow => {
  const inSight = Math.ceil(viewHeight / rowHeight) + 1
  const top = Math.max(0, Math.min(Math.floor(scrollTop / rowHeight), count - inSight))
  return { first: Math.max(0, top - OVERSCAN), last: Math.min(count, top + inSight + OVERSCAN) }
}
