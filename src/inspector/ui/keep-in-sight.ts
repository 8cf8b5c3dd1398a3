interface Row {
  /** From 0. */
  readonly row: number
  readonly rowHeight: number
  /** px at the top of the scroller that something sticky covers. */
  readonly cover?: number
}

/** Scrolls a row of a list into sight, with one more beside it; where it is in sight, nothing moves. */
export const keepInSight = (scroller: HTMLElement, list: HTMLElement, { row, rowHeight, cover = 0 }: Row): void => {
  const { scrollTop, clientHeight } = scroller
  const begin = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scrollTop
  const [top, bottom] = [begin + row * rowHeight, begin + (row + 1) * rowHeight]
  if (top < scrollTop + cover) scroller.scrollTo({ top: top - cover - rowHeight })
  else if (bottom > scrollTop + clientHeight) scroller.scrollTo({ top: bottom - clientHeight + rowHeight })
}
