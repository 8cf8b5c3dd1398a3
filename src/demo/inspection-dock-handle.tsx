import { type KeyboardEvent, type PointerEvent, useState } from 'react'

/** Shares of the window’s height, percent. */
const LEAST = 20
const MOST = 90
const USUAL = 50
const STEP = 5
const PERCENT = 100

const KEYS: Readonly<Record<string, number>> = { ArrowUp: STEP, ArrowDown: -STEP }

const HEIGHT = '--inspection-dock'

const clamp = (share: number): number => Math.round(Math.min(MOST, Math.max(LEAST, share)))

/** As it was left by the dock before. */
const shareBefore = (): number => Number.parseFloat(document.documentElement.style.getPropertyValue(HEIGHT)) || USUAL

/** The upper edge of the dock: dragged, or moved by the arrow keys. */
export const DockHandle = () => {
  const [share, setShare] = useState(shareBefore)
  const change = (to: number) => {
    setShare(clamp(to))
    document.documentElement.style.setProperty(HEIGHT, `${clamp(to)}dvh`)
  }
  const drag = ({ buttons, clientY }: PointerEvent) => {
    if (buttons === 1) change(PERCENT * (1 - clientY / innerHeight))
  }
  const press = (event: KeyboardEvent) => {
    const by = KEYS[event.key]
    if (by === undefined) return
    event.preventDefault()
    change(share + by)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      role="separator"
      tabIndex={0}
      className="inspection-handle"
      aria-label="Height of the inspector"
      aria-orientation="horizontal"
      aria-valuenow={share}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      onKeyDown={press}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
    />
  )
}
