import { type RefObject, useLayoutEffect, useState } from 'react'

/** Width and height of an element, px, as long as it is shown. */
export const useSize = (element: RefObject<HTMLElement | null>): { width: number; height: number } | undefined => {
  const [size, setSize] = useState<{ width: number; height: number }>()
  useLayoutEffect(() => {
    const { current } = element
    const window = current?.ownerDocument.defaultView
    if (!current || !window) return
    const look = (): void => {
      const { clientWidth: width, clientHeight: height } = current
      if (width === 0 || height === 0) return
      setSize((before) => (before?.width === width && before.height === height ? before : { width, height }))
    }
    look()
    const observer = new window.ResizeObserver(look)
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return size
}
