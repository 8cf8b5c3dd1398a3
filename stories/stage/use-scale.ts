import { type RefObject, useEffect, useState } from 'react'
import { DEVICE_WIDTH } from './stage-device.tsx'

const GAP = 20
const LEAST = 0.6
const MOST = 0.85

/** What devices are drawn at, so that all of them fit beside each other; at least still legible. */
export const useScale = (row: RefObject<HTMLElement | null>, count: number): number => {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = row.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    observer.observe(element)
    return () => observer.disconnect()
  }, [row])
  const fitting = (width - GAP * (count - 1)) / count / DEVICE_WIDTH
  return Math.min(MOST, Math.max(LEAST, Math.floor(fitting * 100) / 100))
}
