import { type RefObject, useLayoutEffect, useState } from 'react'

/** `narrow`: one pane at a time. `low`: all panes beside each other. `wide`: what happened below the rest. */
export type PanelShape = 'narrow' | 'low' | 'wide'

const NARROWEST = 760
const LOWEST = 600

/** How the panes are best arranged in the room there is. */
export const usePanelShape = (root: RefObject<HTMLElement | null>): PanelShape => {
  const [shape, setShape] = useState<PanelShape>('wide')
  useLayoutEffect(() => {
    const element = root.current
    const window = element?.ownerDocument.defaultView
    if (!element || !window) return
    const look = () => {
      const { clientWidth, clientHeight } = element
      if (clientWidth < NARROWEST) setShape('narrow')
      else setShape(clientHeight < LOWEST ? 'low' : 'wide')
    }
    look()
    const observer = new window.ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [root])
  return shape
}
