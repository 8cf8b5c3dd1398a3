import { type RefObject, useEffect, useState } from 'react'
import { type RowWindow, rowWindow } from './row-window.ts'

interface Sight {
  /** Scrolled by, in whole rows, so that scrolling renders once per row and not once per pixel. */
  readonly top: number
  readonly height: number
}

/** Which of many rows of equal height to draw: 10,000 records scroll like 30. */
export const useRowWindow = (scroller: RefObject<HTMLElement | null>, count: number, rowHeight: number): RowWindow => {
  const [sight, setSight] = useState<Sight>({ top: 0, height: 0 })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      const top = Math.floor(element.scrollTop / rowHeight) * rowHeight
      const height = element.clientHeight
      setSight((before) => (before.top === top && before.height === height ? before : { top, height }))
    }
    const resized = new ResizeObserver(look)
    resized.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, rowHeight])
  return rowWindow(sight.top, sight.height, rowHeight, count)
}
