import { type RefObject, useLayoutEffect, useState } from 'react'

/**
 * `narrow`: one pane at a time. `halved`: what happened beside one of the others. `low`: all panes beside each other.
 * `wide`: what happened below the rest.
 */
export type PanelShape = 'narrow' | 'halved' | 'low' | 'wide'

const NARROWEST = 760
const LOWEST = 600
/** Four panes beside each other need this. */
const FOUR = 1_150

const shapeOf = ({ clientWidth: width, clientHeight: height }: HTMLElement): PanelShape => {
  if (width < NARROWEST) return 'narrow'
  if (height >= LOWEST) return 'wide'
  return width < FOUR ? 'halved' : 'low'
}

/** How the panes are best arranged in the room there is. */
export const usePanelShape = (root: RefObject<HTMLElement | null>): PanelShape => {
  const [shape, setShape] = useState<PanelShape>('wide')
  useLayoutEffect(() => {
    const element = root.current
    const window = element?.ownerDocument.defaultView
    if (!element || !window) return
    const look = () => setShape(shapeOf(element))
    look()
    const observer = new window.ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [root])
  return shape
}
