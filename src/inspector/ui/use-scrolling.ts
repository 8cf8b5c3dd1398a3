import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { keepInSight } from './keep-in-sight.ts'

/** px from the end that still count as the end. */
const NEAR_END = 40

interface Scrolling {
  readonly count: number
  readonly rowHeight: number
  /** Holds the rows. */
  readonly list: RefObject<HTMLElement | null>
  /** px at the top of the scroller that something sticky covers. */
  readonly cover?: number
  /** The row to keep in sight. */
  readonly chosen: number | undefined
  /** Whether the newest row is kept in sight, as long as nobody scrolls away from it. */
  readonly follows: boolean
}

/** Keeps the newest row in sight, or the chosen one. */
export const useScrolling = (scroller: RefObject<HTMLElement | null>, scrolling: Scrolling): void => {
  const { count, rowHeight, list, cover = 0, chosen, follows } = scrolling
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
  // Whoever comes back to what happens now wants to see it.
  useLayoutEffect(() => {
    if (follows) isAtEnd.current = true
  }, [follows])
  useLayoutEffect(() => {
    if (count > 0 && follows && isAtEnd.current) scroller.current?.scrollTo({ top: count * rowHeight })
  }, [scroller, follows, count, rowHeight])
  useLayoutEffect(() => {
    if (!scroller.current || !list.current || chosen === undefined) return
    keepInSight(scroller.current, list.current, { row: chosen, rowHeight, cover })
  }, [scroller, list, chosen, rowHeight, cover])
}
