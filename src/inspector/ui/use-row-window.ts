import { type RefObject, useEffect, useState } from 'react'

/** Rows from `first` to before `last`. */
export interface RowWindow {
  readonly first: number
  readonly last: number
}

/** Drawn beyond the edges, so that a quick scroll finds rows there. */
const OVERSCAN = 12

interface Sight {
  readonly top: number
  readonly height: number
}

/** The rows of equal height that are in sight of a scroller, and some around them. */
export const rowWindow = ({ top, height }: Sight, rowHeight: number, count: number): RowWindow => {
  const inSight = Math.ceil(height / rowHeight) + 1
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight), count - inSight))
  return { first: Math.max(0, first - OVERSCAN), last: Math.min(count, first + inSight + OVERSCAN) }
}

interface Rows {
  readonly scroller: RefObject<HTMLElement | null>
  /** Holds the rows, somewhere in the scroller. */
  readonly list: RefObject<HTMLElement | null>
  readonly count: number
  readonly rowHeight: number
}

/** Which of many rows of equal height to draw: renders once per row scrolled, not once per pixel. */
export const useRowWindow = ({ scroller, list, count, rowHeight }: Rows): RowWindow => {
  const [sight, setSight] = useState<Sight>({ top: 0, height: 0 })
  useEffect(() => {
    const element = scroller.current
    const window = element?.ownerDocument.defaultView
    const rows = list.current
    if (!element || !rows || !window) return
    const look = () => {
      const scrolled = element.getBoundingClientRect().top - rows.getBoundingClientRect().top
      const top = Math.max(0, Math.floor(scrolled / rowHeight) * rowHeight)
      const height = element.clientHeight
      setSight((before) => (before.top === top && before.height === height ? before : { top, height }))
    }
    look()
    const resized = new window.ResizeObserver(look)
    resized.observe(element)
    // What stands above the rows moves them as it grows.
    if (element.firstElementChild) resized.observe(element.firstElementChild)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, list, rowHeight])
  return rowWindow(sight, rowHeight, count)
}
