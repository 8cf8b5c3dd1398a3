import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

/** px from the end that still count as the end. */
const NEAR_END = 40

interface Scrolling {
  readonly count: number
  readonly rowHeight: number
  /** The row to keep in sight. */
  readonly chosen: number | undefined
  /** Whether the newest row is kept in sight, as long as nobody scrolls away from it. */
  readonly follows: boolean
}

/** Keeps the newest row in sight, or the chosen one. */
export const useScrolling = (scroller: RefObject<HTMLElement | null>, scrolling: Scrolling): void => {
  const { count, rowHeight, chosen, follows } = scrolling
  const isAtEnd = useRef(true)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END
    }
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  }, [scroller])
  useLayoutEffect(() => {
    if (count > 0 && follows && isAtEnd.current) scroller.current?.scrollTo({ top: count * rowHeight })
  }, [scroller, follows, count, rowHeight])
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || chosen === undefined) return
    const { scrollTop, clientHeight } = element
    const [top, bottom] = [chosen * rowHeight, (chosen + 1) * rowHeight]
    if (top < scrollTop) element.scrollTo({ top: top - rowHeight })
    else if (bottom > scrollTop + clientHeight) element.scrollTo({ top: bottom - clientHeight + rowHeight })
  }, [scroller, chosen, rowHeight])
}
